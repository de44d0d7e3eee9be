import { Fault } from '@siaga/contracts';
import { Packr, Unpackr } from 'msgpackr';
import type { LogRecord, NewRecord } from './event-log.ts';

/** A record on its way to the log: the engine looks at the key and the tombstone mark, never into the body. */
export type WireRecord = [key: string, tombstone: boolean, body: Buffer];

/** Longest key: LMDB's index must hold it. */
const MAX_KEY_BYTES = 512;
/** Largest headers and value together: a little under what Kafka takes by default (1,048,588). */
const MAX_BODY_BYTES = 1_040_000;

const HEAD_BYTES = 11; // time (8), tombstone (1), key length (2)
const packr = new Packr({ useRecords: false });
const unpackr = new Unpackr({ useRecords: false });

/** Headers and value packed by the writer and unpacked by readers only. */
export function wireRecord({ key, value, headers }: NewRecord): WireRecord {
  // as pairs: a packed object would lose a header that is called __proto__
  return [key, value === null, packr.pack([Object.entries(headers), value])];
}

/** Throws a Fault for what the log does not take. */
export function refuseOversized([key, , body]: WireRecord): void {
  if (key === '' || Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw new Fault('invalid', `a key has 1 to ${String(MAX_KEY_BYTES)} bytes`);
  if (body.length > MAX_BODY_BYTES)
    throw new Fault('too-large', `a record has at most ${String(MAX_BODY_BYTES)} bytes`);
}

/** The bytes LMDB keeps: time, tombstone mark, key, body. */
export function storedRecord([key, tombstone, body]: WireRecord, timeMs: number): Buffer {
  const keyBytes = Buffer.byteLength(key);
  const stored = Buffer.allocUnsafe(HEAD_BYTES + keyBytes + body.length);
  stored.writeDoubleBE(timeMs, 0);
  stored.writeUInt8(tombstone ? 1 : 0, 8);
  stored.writeUInt16BE(keyBytes, 9);
  stored.write(key, HEAD_BYTES);
  stored.set(body, HEAD_BYTES + keyBytes);
  return stored;
}

/** What of a stored record the engine itself needs. */
export function storedHead(stored: Buffer): { timeMs: number; tombstone: boolean; key: string } {
  const keyEnd = HEAD_BYTES + stored.readUInt16BE(9);
  return {
    timeMs: stored.readDoubleBE(0),
    tombstone: stored.readUInt8(8) === 1,
    key: stored.toString('utf8', HEAD_BYTES, keyEnd),
  };
}

/** The record in stored bytes. A body nobody of ours wrote becomes a value without headers, for the reader to refuse. */
export function logRecord(stored: Buffer, partition: number, offset: number): LogRecord {
  const { timeMs, tombstone, key } = storedHead(stored);
  const body = stored.subarray(HEAD_BYTES + Buffer.byteLength(key));
  return { key, partition, offset, timeMs, ...contentOf(body, tombstone) };
}

function contentOf(body: Buffer, tombstone: boolean): Pick<LogRecord, 'headers' | 'value'> {
  try {
    const [headers, value] = unpackr.unpack(body) as [[string, string][], Buffer | null];
    return { headers: Object.fromEntries(headers), value: tombstone || value === null ? null : Buffer.from(value) };
  } catch {
    return { headers: {}, value: body };
  }
}
