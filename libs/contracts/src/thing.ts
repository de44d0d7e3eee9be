import { z } from 'zod';
import { REGISTER_ID, registerId } from './shapes.ts';

/** What sort of thing: `lamp`, `panel`, `feeder`, `camera`, `link`, `service` … small letters and `-`, 2 to 20 characters. */
export const ThingKind = z.string().regex(/^[a-z][a-z-]{0,18}[a-z]$/, 'thing kind: 2–20 small letters or -');
export type ThingKind = z.infer<typeof ThingKind>;

/** One thing of any register of the city. */
export const ThingRef = z.object({ kind: ThingKind, thingId: registerId('thingId') });
export type ThingRef = z.infer<typeof ThingRef>;

/** A {@link ThingRef} in one word: `lamp:PJU-0142`. */
export const ThingKey = z
  .string()
  .regex(new RegExp(`^[a-z][a-z-]{0,18}[a-z]:${REGISTER_ID}$`), 'thing: kind:thingId, for example lamp:PJU-0142');
export type ThingKey = z.infer<typeof ThingKey>;

/** The key of a thing: the same word wherever it is named. */
export const thingKey = ({ kind, thingId }: ThingRef): ThingKey => `${kind}:${thingId}`;

/** The thing a key names. */
export function thingOfKey(key: ThingKey): ThingRef {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon), thingId: key.slice(colon + 1) };
}
