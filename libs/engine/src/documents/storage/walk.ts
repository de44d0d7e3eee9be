import type { Database } from 'lmdb';
import type { Collection } from './catalog.ts';
import type { Plan, Scan } from './planner.ts';
import { StoredDocument } from './records.ts';
import { numbered, type KeyRange, type Tables } from './tables.ts';

/** What queries have touched since the start: the figures of MongoDB's `serverStatus.metrics.queryExecutor`. */
export interface Touched {
  /** Index entries read. */
  scanned: number;
  /** Documents read. */
  scannedObjects: number;
}

const firstChunk = 16;
const largestChunk = 512;

/**
 * The documents of a plan in chunks, each document once. Between chunks no LMDB cursor is held: the walk goes on after
 * the last key it saw, so a caller may take its time and other writes may happen.
 */
export function* walk(
  tables: Tables,
  collection: Collection,
  plan: Plan,
  touched: Touched,
): Generator<StoredDocument[]> {
  const seen =
    plan.scans.length > 1 || plan.scans.some(({ index }) => index !== undefined) ? new Set<string>() : undefined;
  for (const scan of plan.scans)
    for (const chunk of chunksOf(tables, collection, scan, touched))
      yield seen === undefined ? chunk : chunk.filter(({ idKey }) => isNew(seen, idKey));
}

function isNew(seen: Set<string>, idKey: Buffer): boolean {
  const name = idKey.toString('latin1');
  if (seen.has(name)) return false;
  seen.add(name);
  return true;
}

function* chunksOf(tables: Tables, { number }: Collection, scan: Scan, touched: Touched): Generator<StoredDocument[]> {
  const table = scan.index === undefined ? tables.records : tables.indexes;
  const fetch = (idKey: Buffer): StoredDocument[] => {
    const bytes = tables.records.getBinary(numbered(number, idKey));
    if (bytes === undefined) return [];
    touched.scannedObjects += 1;
    return [new StoredDocument(idKey, bytes)];
  };
  for (const range of scan.reverse ? scan.ranges.toReversed() : scan.ranges) {
    if (scan.exact) {
      yield fetch(range.start.subarray(4));
      continue;
    }
    for (const entries of entriesOf(table, range, scan.reverse)) {
      touched.scanned += entries.length;
      if (scan.index !== undefined) yield entries.flatMap(({ value }) => fetch(value));
      else {
        touched.scannedObjects += entries.length;
        yield entries.map(({ key, value }) => new StoredDocument(key.subarray(4), value));
      }
    }
  }
}

interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

function* entriesOf(table: Database<Buffer, Buffer>, { start, end }: KeyRange, reverse: boolean): Generator<Entry[]> {
  let from = reverse ? end : start;
  let limit = firstChunk;
  let resuming = false;
  for (;;) {
    const entries = Array.from(
      table.getRange({
        start: from,
        end: reverse ? start : end,
        reverse,
        limit,
        exclusiveStart: resuming,
        inclusiveEnd: reverse,
      }),
    );
    yield entries;
    const last = entries.at(-1);
    if (last === undefined || entries.length < limit) return;
    from = last.key;
    resuming = true;
    limit = Math.min(limit * 2, largestChunk);
  }
}
