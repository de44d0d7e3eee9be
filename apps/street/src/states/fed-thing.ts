import { thingKey, thingOfKey, type ConditionChanged, type ThingKey } from '@siaga/contracts';

/** A lamp or camera as the register has it: what it has its current from, and how the desk is to know it. */
export interface FedThing {
  readonly panelId?: string | undefined;
  readonly exercise: boolean;
  readonly said: Pick<ConditionChanged, 'thing' | 'name' | 'agency' | 'place'>;
  /** What else it hangs on, nearer than its panel. */
  readonly through: readonly ThingKey[];
}

/** Ids of the things of one kind among these. */
export const idsOfKind = (kind: string, keys: readonly ThingKey[]): string[] =>
  keys.map(thingOfKey).flatMap((thing) => (thing.kind === kind ? thing.thingId : []));

/** Keys of things of one kind. */
export const keysOf = (kind: string, ids: readonly string[]): ThingKey[] =>
  ids.map((thingId) => thingKey({ kind, thingId }));
