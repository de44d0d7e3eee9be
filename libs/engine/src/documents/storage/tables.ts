import type { Database, RootDatabase } from 'lmdb';

/**
 * Three named LMDB databases hold every city's documents.
 * - catalog: `<database>.<collection>` → `CollectionRecord` as JSON; `#next` → the next unused number.
 * - records: collection number (u32), key of `_id` → the document's BSON.
 * - indexes: index number (u32), keys of the fields, 0x80, and unless unique the key of `_id` → the key of `_id`.
 */
export interface Tables {
  readonly root: RootDatabase;
  readonly catalog: Database<unknown, string>;
  readonly records: Database<Buffer, Buffer>;
  readonly indexes: Database<Buffer, Buffer>;
}

export function openTables(root: RootDatabase): Tables {
  return {
    root,
    catalog: root.openDB<unknown, string>({ name: 'documents/catalog', encoding: 'json' }),
    records: root.openDB<Buffer, Buffer>({ name: 'documents/records', encoding: 'binary', keyEncoding: 'binary' }),
    indexes: root.openDB<Buffer, Buffer>({ name: 'documents/indexes', encoding: 'binary', keyEncoding: 'binary' }),
  };
}

/** The key of an entry of collection or index `number`. */
export function numbered(number: number, key: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(key.length + 4);
  bytes.writeUInt32BE(number);
  key.copy(bytes, 4);
  return bytes;
}

/** A range of keys under one number: from `start` up to, and not including, `end`. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

/** Everything that starts with any key from `low` to `high`, both included; a beginning of a key will do. */
export const rangeUnder = (number: number, low: Buffer, high: Buffer): KeyRange => ({
  start: numbered(number, low),
  end: following(numbered(number, high)),
});

/** The first key above all that start with `key`: an 0xff at its end, as a descending field may have, is no end. */
function following(key: Buffer): Buffer {
  let length = key.length;
  while (key[length - 1] === 0xff) length -= 1;
  const end = Buffer.from(key.subarray(0, length));
  end.writeUInt8(end.readUInt8(length - 1) + 1, length - 1);
  return end;
}

export const wholeRange = (number: number): KeyRange => rangeUnder(number, Buffer.alloc(0), Buffer.alloc(0));

/** Removes a range; only inside a write. */
export function removeRange(table: Database<Buffer, Buffer>, { start, end }: KeyRange): void {
  for (const key of [...table.getKeys({ start, end })]) table.removeSync(key);
}
