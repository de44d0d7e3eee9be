import type { AnyEvent, EveryEntry, LatestEntry, LiveMeta, Place } from '@siaga/contracts';
import type { AudienceMask } from './audience.ts';

/** The newest value of one key of a `latest` stream, or its tombstone. Never changed, only replaced. */
export interface LatestValue {
  readonly event: AnyEvent;
  readonly key: string;
  /** null: a tombstone. */
  readonly data: unknown;
  readonly meta: LiveMeta;
  /** By the contract; a tombstone keeps that of the value it ended. */
  readonly version: number | undefined;
  readonly place: Place | undefined;
  /** Who may see it; a tombstone keeps that of the value it ended. */
  readonly audience: AudienceMask;
  /** Everyone who may have seen this key, now or under an earlier value. */
  readonly formerly: AudienceMask;
  /** Offset from which on `formerly` is complete: earlier values may have been compacted away before we read. */
  readonly knownFrom: number;
  readonly partition: number;
  readonly offset: number;
  /** About what it takes on the wire. */
  readonly bytes: number;
}

/** One event of an `every` stream. */
export interface EveryEvent {
  readonly event: AnyEvent;
  readonly key: string;
  readonly data: unknown;
  readonly id: string;
  readonly meta: LiveMeta;
  readonly audience: AudienceMask;
  readonly partition: number;
  readonly offset: number;
  /** Counts up over all streams of the city, in the order this gateway read them. */
  readonly order: number;
  readonly bytes: number;
}

/** What a key was and what it is now. */
export interface Change {
  readonly before: LatestValue | undefined;
  readonly now: LatestValue;
}

/** What one step forward in the log brought for screens. */
export interface News {
  latest: readonly Change[];
  every: readonly EveryEvent[];
}

/** A value as it travels. */
export function latestEntry({ event, key, data, meta }: LatestValue): LatestEntry {
  return [event.name, key, data, meta];
}

/** The same key as gone from this screen's sight. */
export function goneEntry({ event, key, meta }: LatestValue): LatestEntry {
  return [event.name, key, null, meta];
}

/** An event as it travels. */
export function everyEntry({ event, key, data, id, meta }: EveryEvent): EveryEntry {
  return [event.name, key, data, id, meta];
}
