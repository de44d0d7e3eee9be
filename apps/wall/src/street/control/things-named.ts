import { thingOfKey } from '@siaga/contracts';

/** As many ids as one reads at a glance. */
const MOST = 3;

/** Ids of the first things, and how many there are besides. */
export function thingsNamed(things: readonly string[]): { names: readonly string[]; more: number } {
  const names = things.slice(0, MOST).map((thing) => thingOfKey(thing).thingId);
  return { names, more: things.length - names.length };
}
