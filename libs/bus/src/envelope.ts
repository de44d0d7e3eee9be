import { randomUUID } from 'node:crypto';
import {
  cloudEventHeaders as header,
  eventNamed,
  Fault,
  parse,
  type AnyEvent,
  type CloudEvent,
  type DataOf,
} from '@siaga/contracts';
import type { LogRecord, NewRecord } from './event-log.ts';

/** Room is left below the log's limit for headers, also those a dead letter adds. */
const MAX_DATA_BYTES = 1_000_000;

/** What a publisher's context adds to its data. */
export interface EventMeta {
  city: string;
  /** `siaga/waste` */
  source: string;
  exercise: boolean;
  /** Overrides the contract's id: an outbox entry fixes its own. */
  id?: string;
  /** Epoch ms; now when absent. */
  timeMs?: number;
  correlation?: string;
  traceparent?: string;
}

/**
 * An event as a log record: JSON value, CloudEvents 1.0 binary-mode headers. The data is checked against the contract
 * here, once; a tombstone is made by {@link encodeRetraction}.
 */
export function encodeEvent<Event extends AnyEvent>(event: Event, data: DataOf<Event>, meta: EventMeta): NewRecord {
  const value = parse(event.data, data, event.name) as never;
  const id = meta.id ?? event.id?.(value) ?? randomUUID();
  const record = envelope(event, event.key(value), { ...meta, id });
  const json = Buffer.from(JSON.stringify(value));
  if (json.length > MAX_DATA_BYTES)
    throw new Fault('too-large', `${event.name}: at most ${String(MAX_DATA_BYTES)} bytes of data`);
  return { ...record, value: json };
}

/** A tombstone: the key of a `latest` event is gone. */
export function encodeRetraction(event: AnyEvent, key: string, meta: EventMeta): NewRecord {
  if (event.stream.delivery !== 'latest')
    throw new Fault('invalid', `${event.name}: only an event of a latest stream can be retracted`);
  return envelope(event, key, { ...meta, id: meta.id ?? randomUUID() });
}

/**
 * The event in a record, its data checked against its contract: anybody may have written to the log. What cannot be
 * read is answered, not thrown: a `Fault('invalid')` with the reason.
 */
export function decodeEvent<Event extends AnyEvent = AnyEvent>(
  record: LogRecord,
  contract?: Event,
): CloudEvent<DataOf<Event>> | Fault {
  const { headers } = record;
  const type = headers[header.type];
  const id = headers[header.id];
  const city = headers[header.city];
  if (type === undefined || id === undefined || city === undefined)
    return new Fault('invalid', `record has no ${header.type}, ${header.id} or ${header.city} header`);
  const event = contract ?? eventNamed(type);
  if (event?.name !== type) return new Fault('invalid', `unknown event ${type}`);
  const data = dataOf(record, event);
  if (data instanceof Fault) return data;
  const timeMs = Date.parse(headers[header.time] ?? '');
  const correlation = headers[header.correlation];
  const traceparent = headers[header.traceparent];
  return {
    id,
    type,
    source: headers[header.source] ?? 'unknown',
    timeMs: Number.isNaN(timeMs) ? record.timeMs : timeMs,
    subject: record.key,
    city,
    exercise: headers[header.exercise] === 'true',
    data: data as DataOf<Event> | null,
    ...(correlation === undefined ? {} : { correlation }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

function envelope(event: AnyEvent, key: string, meta: EventMeta & { id: string }): NewRecord {
  const bytes = Buffer.byteLength(key);
  if (bytes === 0 || bytes > 512)
    throw new Fault('invalid', `${event.name}: a key has 1 to 512 bytes, this one ${String(bytes)}`);
  return {
    key,
    value: null,
    headers: {
      [header.specversion]: '1.0',
      [header.id]: meta.id,
      [header.type]: event.name,
      [header.source]: meta.source,
      [header.time]: new Date(meta.timeMs ?? Date.now()).toISOString(),
      [header.subject]: key,
      [header.city]: meta.city,
      [header.exercise]: String(meta.exercise),
      [header.contentType]: 'application/json',
      ...(meta.correlation === undefined ? {} : { [header.correlation]: meta.correlation }),
      ...(meta.traceparent === undefined ? {} : { [header.traceparent]: meta.traceparent }),
    },
  };
}

function dataOf(record: LogRecord, event: AnyEvent): unknown {
  if (record.value === null) {
    if (event.stream.delivery === 'latest') return null;
    return new Fault('invalid', `${event.name} without data on a stream of every event`);
  }
  let json: unknown;
  try {
    json = JSON.parse(record.value.toString());
  } catch (cause) {
    return new Fault('invalid', `${event.name}: not JSON`, { cause });
  }
  try {
    return parse(event.data, json, event.name);
  } catch (fault) {
    return fault;
  }
}
