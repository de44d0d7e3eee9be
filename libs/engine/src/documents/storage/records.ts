import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { assertKeyFits, keyOf } from '../bson/key.ts';
import { Int32, RegularExpression, type Document, type Value } from '../bson/values.ts';
import { DuplicateKey, Refusal } from '../errors.ts';
import { plainValue } from '../query/paths.ts';
import { typeName } from '../query/types.ts';
import { namespaceOf, type Catalog, type Collection, type Index } from './catalog.ts';
import { keyPattern } from './index-definition.ts';
import { indexKeysOf } from './index-keys.ts';
import { numbered, type Tables } from './tables.ts';

/** MongoDB's bound on a stored document, in bytes. */
export const maxDocumentBytes = 16 * 1024 * 1024;

/** A stored document, decoded when first asked for. */
export class StoredDocument {
  readonly idKey: Buffer;
  readonly bytes: Buffer;
  #document: Document | undefined;

  constructor(idKey: Buffer, bytes: Buffer) {
    this.idKey = idKey;
    this.bytes = bytes;
  }

  get document(): Document {
    return (this.#document ??= decode(this.bytes));
  }
}

/**
 * Writes documents with their index entries; only inside a write. Each call looks at every unique index before it
 * changes anything, so a refused document leaves no trace.
 */
export class Records {
  readonly #tables: Tables;
  readonly #catalog: Catalog;

  constructor(tables: Tables, catalog: Catalog) {
    this.#tables = tables;
    this.#catalog = catalog;
  }

  /** @throws DuplicateKey; Refusal when the document is too large or its `_id` cannot be one. */
  insert(collection: Collection, document: Document): void {
    const id = document.get('_id') ?? null;
    const idKey = idKeyOf(id);
    const key = numbered(collection.number, idKey);
    if (this.#tables.records.doesExist(key))
      throw new DuplicateKey(
        { namespace: namespaceOf(collection), index: '_id_' },
        new Map([['_id', new Int32(1)]]),
        new Map([['_id', id]]),
      );
    const bytes = encodeStored(document);
    const changes = collection.indexes.map((index) => this.#change(collection, index, { idKey, after: document }));
    this.#tables.records.putSync(key, bytes);
    for (const change of changes) this.#apply(collection, change, idKey);
  }

  /** Puts `after` in the place of `before`, which has the same `_id`. */
  replace(collection: Collection, before: StoredDocument, after: Document): void {
    const { idKey } = before;
    const bytes = encodeStored(after);
    // The caller has changed the decoded document in place, so the old keys come from the stored bytes.
    const old = decode(before.bytes);
    const changes = collection.indexes.map((index) => this.#change(collection, index, { idKey, before: old, after }));
    this.#tables.records.putSync(numbered(collection.number, idKey), bytes);
    for (const change of changes) this.#apply(collection, change, idKey);
  }

  remove(collection: Collection, { idKey, document }: StoredDocument): void {
    const changes = collection.indexes.map((index) => this.#change(collection, index, { idKey, before: document }));
    this.#tables.records.removeSync(numbered(collection.number, idKey));
    for (const change of changes) this.#apply(collection, change, idKey);
  }

  /** Enters one stored document in a new index. @throws DuplicateKey */
  enter(collection: Collection, index: Index, { idKey, document }: StoredDocument): void {
    this.#apply(collection, this.#change(collection, index, { idKey, after: document }), idKey);
  }

  #change(collection: Collection, index: Index, { idKey, before, after }: Difference): IndexChange {
    const { definition } = index;
    const old = before === undefined ? undefined : indexKeysOf(definition, before);
    const next = after === undefined ? undefined : indexKeysOf(definition, after);
    const oldNames = new Set(old?.keys.map(nameOf));
    const nextNames = new Set(next?.keys.map(nameOf));
    const added = (next?.keys ?? []).filter((key) => !oldNames.has(nameOf(key)));
    if (after !== undefined && definition.unique)
      for (const key of added) this.#assertFree({ collection, index, key, idKey, document: after });
    return {
      index,
      removed: (old?.keys ?? []).filter((key) => !nextNames.has(nameOf(key))).map((key) => entryKey(index, key, idKey)),
      added: added.map((key) => entryKey(index, key, idKey)),
      becomesMultikey: next?.multikey === true && !index.multikey,
    };
  }

  #assertFree({ collection, index, key, idKey, document }: Claim): void {
    const holder = this.#tables.indexes.getBinary(entryKey(index, key, idKey));
    if (holder === undefined || holder.equals(idKey)) return;
    const { name, fields } = index.definition;
    const keyValue: Document = new Map(
      fields.map(({ path }): [string, Value] => [path, plainValue(document, path.split('.')) ?? null]),
    );
    throw new DuplicateKey({ namespace: namespaceOf(collection), index: name }, keyPattern(index.definition), keyValue);
  }

  #apply(collection: Collection, { index, removed, added, becomesMultikey }: IndexChange, idKey: Buffer): void {
    for (const key of removed) this.#tables.indexes.removeSync(key);
    for (const key of added) this.#tables.indexes.putSync(key, idKey);
    if (!becomesMultikey) return;
    index.multikey = true;
    this.#catalog.save(collection);
  }
}

interface Difference {
  readonly idKey: Buffer;
  readonly before?: Document;
  readonly after?: Document;
}

interface Claim {
  readonly collection: Collection;
  readonly index: Index;
  readonly key: Buffer;
  readonly idKey: Buffer;
  readonly document: Document;
}

interface IndexChange {
  readonly index: Index;
  readonly removed: readonly Buffer[];
  readonly added: readonly Buffer[];
  readonly becomesMultikey: boolean;
}

const nameOf = (key: Buffer): string => key.toString('latin1');

/** What stands between the fields and the `_id`; above the 0x00 and below the 0xff that texts may go on with. */
const separator = Buffer.of(0x80);

function entryKey({ number, definition }: Index, key: Buffer, idKey: Buffer): Buffer {
  const entry = Buffer.concat(definition.unique ? [key, separator] : [key, separator, idKey]);
  assertKeyFits(entry, `index ${definition.name}`);
  return numbered(number, entry);
}

/** @throws Refusal for what MongoDB does not take as an `_id`. */
export function idKeyOf(id: Value): Buffer {
  if (Array.isArray(id) || id instanceof RegularExpression)
    throw new Refusal('InvalidIdField', `The '_id' value cannot be of type ${typeName(id)}`);
  const key = keyOf(id);
  assertKeyFits(key, '_id');
  return key;
}

function encodeStored(document: Document): Buffer {
  const bytes = encode(document);
  if (bytes.length <= maxDocumentBytes) return bytes;
  throw new Refusal(
    'BSONObjectTooLarge',
    `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${maxDocumentBytes}(16MB)`,
  );
}
