import { decodeEvent, type LogRecord } from '@siaga/bus';
import { cloudEventHeaders, Fault, type AnyEvent, type LiveMeta } from '@siaga/contracts';
import type { EveryEvent, LatestValue } from './events.ts';
import { maskOf } from './eyes.ts';
import { veilOf } from './veil.ts';

/** A record understood as an event of its stream. */
export interface ReadRecord {
  event: AnyEvent;
  id: string;
  data: unknown;
  meta: LiveMeta;
  record: LogRecord;
}

/** Around a value on the wire: names, brackets, source and times. */
const ENVELOPE_BYTES = 120;

/** Anybody may have written to the log: undefined for what is not one of these events. */
export function readRecord(record: LogRecord, events: ReadonlyMap<string, AnyEvent>): ReadRecord | undefined {
  const event = events.get(record.headers[cloudEventHeaders.type] ?? '');
  if (event === undefined) return undefined;
  const decoded = decodeEvent(record, event);
  if (decoded instanceof Fault) return undefined;
  const { id, source, exercise, data } = decoded;
  return { event, id, data, meta: { source, at: record.timeMs, ...(exercise ? { exercise: true } : {}) }, record };
}

/** A value of a `latest` stream after the one held before. `cold`: earlier values may be missing from what we read. */
export function latestValue(
  { event, data, meta, record }: ReadRecord,
  before: LatestValue | undefined,
  { cold }: { cold: boolean },
): LatestValue {
  const audience = data === null && before !== undefined ? before.audience : audienceMask(event, data);
  return {
    event,
    key: record.key,
    data,
    veil: veilOf(event, data),
    meta,
    version: data === null ? before?.version : event.version?.(data as never),
    place: data === null ? undefined : event.where?.(data as never),
    audience,
    formerly: audience | (before?.formerly ?? 0),
    knownFrom: before?.knownFrom ?? (cold && typeof event.audience === 'function' ? record.offset + 1 : 0),
    partition: record.partition,
    offset: record.offset,
    bytes: ENVELOPE_BYTES + record.key.length + (record.value?.length ?? 0),
  };
}

export function everyEvent({ event, id, data, meta, record }: ReadRecord, order: number): EveryEvent {
  const { key, partition, offset } = record;
  const bytes = ENVELOPE_BYTES + key.length + id.length + (record.value?.length ?? 0);
  const audience = audienceMask(event, data);
  return { event, key, data, veil: veilOf(event, data), id, meta, audience, partition, offset, order, bytes };
}

/** A tombstone of an unknown value is for those whom the contract names for every value; nobody, if it names none. */
function audienceMask(event: AnyEvent, data: unknown): number {
  if (typeof event.audience !== 'function') return maskOf(event.audience);
  return data === null ? 0 : maskOf(event.audience(data as never));
}
