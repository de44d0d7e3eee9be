import { randomBytes } from 'node:crypto';
import { doc, Raw, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { maxDocumentBytes } from '../storage/records.ts';
import type { Row, Rows } from '../aggregation/rows.ts';

/** A client that stays away this long loses its cursor, as with MongoDB. */
const idleMs = 10 * 60 * 1000;

/** Documents in a first batch when the client asks for no number. */
const firstBatchSize = 101;

interface Cursor {
  readonly namespace: string;
  readonly rows: AsyncIterator<readonly Row[]>;
  waiting: readonly Row[];
  /** How many of the waiting rows are already gone. */
  taken: number;
  usedAtMs: number;
  busy: boolean;
}

/** Results on their way to clients, a batch at a time, so that a large one is never held whole. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();

  /** The first batch, and a cursor for the rest if there is one. */
  async begin(
    namespace: string,
    rows: Rows,
    options: { batchSize: number | undefined; single: boolean },
  ): Promise<Document> {
    const cursor: Cursor = {
      namespace,
      rows: rows[Symbol.asyncIterator](),
      waiting: [],
      taken: 0,
      usedAtMs: Date.now(),
      busy: false,
    };
    const { batch, done } = await take(cursor, options.batchSize ?? firstBatchSize);
    if (done || options.single) {
      await cursor.rows.return?.();
      return answer('firstBatch', namespace, 0n, batch);
    }
    this.#forgetIdle();
    const id = newId();
    this.#open.set(id, cursor);
    return answer('firstBatch', namespace, id, batch);
  }

  /** @throws Refusal CursorNotFound when it is finished, killed or timed out. */
  async next(namespace: string, id: bigint, batchSize: number | undefined): Promise<Document> {
    this.#forgetIdle();
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw new Refusal('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace || cursor.busy)
      throw new Refusal(
        'BadValue',
        `cursor id ${id} belongs to ${cursor.namespace} and may be read by one command at a time`,
      );
    cursor.busy = true;
    try {
      const { batch, done } = await take(cursor, batchSize === undefined || batchSize === 0 ? Infinity : batchSize);
      if (done) this.#open.delete(id);
      return answer('nextBatch', namespace, done ? 0n : id, batch);
    } catch (error) {
      this.#open.delete(id);
      throw error;
    } finally {
      cursor.busy = false;
      cursor.usedAtMs = Date.now();
    }
  }

  /** Whether there was such a cursor. */
  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  #forgetIdle(): void {
    const before = Date.now() - idleMs;
    for (const [id, { usedAtMs, busy }] of this.#open) if (usedAtMs < before && !busy) this.#open.delete(id);
  }
}

/** Up to `size` rows and 16 MiB; one row is taken however large. */
async function take(cursor: Cursor, size: number): Promise<{ batch: Value[]; done: boolean }> {
  const batch: Value[] = [];
  let bytes = 0;
  while (batch.length < size) {
    const row = cursor.waiting[cursor.taken];
    if (row === undefined) {
      if (await refill(cursor)) continue;
      return { batch, done: true };
    }
    bytes += row.bytes.length;
    if (batch.length > 0 && bytes > maxDocumentBytes) return { batch, done: false };
    batch.push(new Raw(row.bytes));
    cursor.taken += 1;
  }
  return { batch, done: false };
}

async function refill(cursor: Cursor): Promise<boolean> {
  const next = await cursor.rows.next();
  if (next.done === true) return false;
  cursor.waiting = next.value;
  cursor.taken = 0;
  return true;
}

function newId(): bigint {
  // Positive and never zero, which means "no cursor".
  return (randomBytes(8).readBigUInt64LE() >> 1n) | 1n;
}

const answer = (batchName: string, namespace: string, id: bigint, batch: Value[]): Document =>
  doc(['cursor', doc([batchName, batch], ['id', id], ['ns', namespace])], ['ok', 1]);

/** A small result that fits one batch: lists of collections and indexes. */
export const wholeResult = (namespace: string, batch: Value[]): Document => answer('firstBatch', namespace, 0n, batch);
