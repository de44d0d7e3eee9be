import { setImmediate as nextTurn } from 'node:timers/promises';
import { encode } from '../bson/encode.ts';
import type { Document } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import type { Filter } from '../query/predicates.ts';

/** A document on its way to a client, stored or made by a stage. */
export interface Row {
  readonly document: Document;
  readonly bytes: Buffer;
}

/** Rows in chunks: one promise per chunk, not per row. */
export type Rows = AsyncIterable<readonly Row[]>;

/** A stage of a query. */
export type Stage = (rows: Rows) => Rows;

export class MadeRow implements Row {
  readonly document: Document;
  #bytes: Buffer | undefined;

  constructor(document: Document) {
    this.document = document;
  }

  get bytes(): Buffer {
    return (this.#bytes ??= encode(this.document));
  }
}

/** How long a query may hold the event loop, in ms, before the event log and other clients get their turn. */
const turnMs = 8;

export async function* paced(chunks: Iterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  let startedMs = performance.now();
  for (const chunk of chunks) {
    yield chunk;
    if (performance.now() - startedMs < turnMs) continue;
    await nextTurn();
    startedMs = performance.now();
  }
}

export const matching = (filter: Filter): Stage => mapped((chunk) => chunk.filter((row) => filter(row.document)));

/** A stage that makes each chunk into another. */
export const mapped = (change: (chunk: readonly Row[]) => readonly Row[]): Stage =>
  async function* (rows) {
    for await (const chunk of rows) yield change(chunk);
  };

export const skipping = (count: number): Stage => {
  let left = count;
  return mapped((chunk) => {
    const rest = chunk.slice(left);
    left -= chunk.length - rest.length;
    return rest;
  });
};

export const limiting = (count: number): Stage =>
  async function* (rows) {
    let left = count;
    for await (const chunk of rows) {
      yield chunk.slice(0, left);
      left -= chunk.length;
      if (left <= 0) return;
    }
  };

/** MongoDB's memory for a sort or group that may not use the disk. */
const maxHeldBytes = 100 * 1024 * 1024;

export const sorting = (compare: (a: Document, b: Document) => number): Stage =>
  async function* (rows) {
    const all = await collected(rows, 'Sort');
    yield all.sort((a, b) => compare(a.document, b.document));
  };

/** All rows at once. @throws Refusal when they are more than MongoDB would hold. */
export async function collected(rows: Rows, stage: string): Promise<Row[]> {
  const all: Row[] = [];
  let bytes = 0;
  for await (const chunk of rows) {
    for (const row of chunk) {
      bytes += row.bytes.length;
      all.push(row);
    }
    if (bytes > maxHeldBytes)
      throw new Refusal(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `${stage} exceeded memory limit of ${maxHeldBytes} bytes, and an index does not give the order`,
      );
  }
  return all;
}
