import type { AnyEvent, EveryEntry, LatestEntry, LiveMeta, Place } from '@siaga/contracts';
import type { AudienceMask, Eyes } from './eyes.ts';
import type { Veil } from './veil.ts';

/** The newest value of one key of a `latest` stream, or its tombstone. Never changed, only replaced. */
export interface LatestValue {
  readonly event: AnyEvent;
  readonly key: string;
  /** Whole; null: a tombstone. */
  readonly data: unknown;
  /** Over data with fields of a class. */
  readonly veil: Veil | undefined;
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
  /** Whole. */
  readonly data: unknown;
  /** Over data with fields of a class. */
  readonly veil: Veil | undefined;
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

/** A value as it travels to these eyes. */
export function latestEntry({ event, key, data, veil, meta }: LatestValue, eyes: Eyes): LatestEntry {
  return [event.name, key, veil === undefined ? data : veil.through(eyes), meta];
}

/** The same key as gone from this screen's sight. */
export function goneEntry({ event, key, meta }: LatestValue): LatestEntry {
  return [event.name, key, null, meta];
}

/** An event as it travels to these eyes. */
export function everyEntry({ event, key, data, veil, id, meta }: EveryEvent, eyes: Eyes): EveryEntry {
  return [event.name, key, veil === undefined ? data : veil.through(eyes), id, meta];
}
