import { Refusal } from '../errors.ts';
import { readDefinition, storeDefinition, type IndexDefinition } from './index-definition.ts';
import { removeRange, wholeRange, type Tables } from './tables.ts';

/** An index of a collection. */
export interface Index {
  readonly number: number;
  readonly definition: IndexDefinition;
  /** Some document has an array at one of the fields: bounds cannot be combined, and its order is not a sort. */
  multikey: boolean;
  /** Committed, so that readers may use it. Writers keep it from the first moment. */
  ready: boolean;
}

export interface Collection {
  readonly database: string;
  readonly name: string;
  readonly number: number;
  readonly indexes: Index[];
}

interface CollectionRecord {
  readonly number: number;
  readonly indexes: readonly { readonly number: number; readonly definition: string; readonly multikey: boolean }[];
}

export const namespaceOf = ({ database, name }: Pick<Collection, 'database' | 'name'>): string => `${database}.${name}`;

const nextNumberKey = '#next';

/**
 * Which databases, collections and indexes there are. Held in memory, changed only inside a write together with its
 * stored form. Numbers are never used twice, so what a dropped collection leaves can never show up in another.
 */
export class Catalog {
  readonly #tables: Tables;
  readonly #collections = new Map<string, Collection>();
  #nextNumber = 1;
  #undo: (() => void)[] = [];

  constructor(tables: Tables) {
    this.#tables = tables;
    this.reload();
  }

  /** Reads the stored form again: at start, and when a write that changed the catalog could not be committed. */
  reload(): void {
    this.#collections.clear();
    for (const { key, value } of this.#tables.catalog.getRange()) {
      if (key === nextNumberKey) this.#nextNumber = value as number;
      else this.#collections.set(key, collectionOf(key, value as CollectionRecord));
    }
  }

  /** Runs `change`; when it throws, what it did to the catalog in memory is taken back, as its transaction will be. */
  undoable<Result>(change: () => Result): Result {
    this.#undo = [];
    try {
      return change();
    } catch (error) {
      for (const undo of this.#undo.toReversed()) undo();
      throw error;
    }
  }

  find(database: string, name: string): Collection | undefined {
    return this.#collections.get(namespaceOf({ database, name }));
  }

  in(database: string): Collection[] {
    return [...this.#collections.values()].filter((collection) => collection.database === database);
  }

  all(): Collection[] {
    return [...this.#collections.values()];
  }

  /** Inside a write. */
  ensure(database: string, name: string): Collection {
    const found = this.find(database, name);
    if (found !== undefined) return found;
    assertNames(database, name);
    const collection: Collection = { database, name, number: this.#takeNumber(), indexes: [] };
    this.#collections.set(namespaceOf(collection), collection);
    this.#undo.push(() => this.#collections.delete(namespaceOf(collection)));
    this.save(collection);
    return collection;
  }

  /** Inside a write; the caller fills the index, and calls `save` after. */
  addIndex(collection: Collection, definition: IndexDefinition): Index {
    const index: Index = { number: this.#takeNumber(), definition, multikey: false, ready: false };
    collection.indexes.push(index);
    this.#undo.push(() => collection.indexes.splice(collection.indexes.indexOf(index), 1));
    return index;
  }

  /** Inside a write. */
  dropIndex(collection: Collection, index: Index): void {
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
    this.#undo.push(() => collection.indexes.push(index));
    removeRange(this.#tables.indexes, wholeRange(index.number));
    this.save(collection);
  }

  /** Inside a write. */
  drop(collection: Collection): void {
    for (const index of collection.indexes) removeRange(this.#tables.indexes, wholeRange(index.number));
    removeRange(this.#tables.records, wholeRange(collection.number));
    this.#collections.delete(namespaceOf(collection));
    this.#undo.push(() => this.#collections.set(namespaceOf(collection), collection));
    this.#tables.catalog.removeSync(namespaceOf(collection));
  }

  /** Inside a write. */
  save(collection: Collection): void {
    const record: CollectionRecord = {
      number: collection.number,
      indexes: collection.indexes.map(({ number, definition, multikey }) => ({
        number,
        multikey,
        definition: storeDefinition(definition),
      })),
    };
    this.#tables.catalog.putSync(namespaceOf(collection), record);
  }

  #takeNumber(): number {
    // Not taken back on failure: a number skipped is harmless, a number used twice is not.
    const number = this.#nextNumber++;
    this.#tables.catalog.putSync(nextNumberKey, this.#nextNumber);
    return number;
  }
}

function collectionOf(namespace: string, { number, indexes }: CollectionRecord): Collection {
  const dot = namespace.indexOf('.');
  return {
    database: namespace.slice(0, dot),
    name: namespace.slice(dot + 1),
    number,
    indexes: indexes.map((index) => ({
      number: index.number,
      multikey: index.multikey,
      definition: readDefinition(index.definition),
      ready: true,
    })),
  };
}

function assertNames(database: string, name: string): void {
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(database))
    throw new Refusal('InvalidNamespace', `Invalid database name: '${database}'`);
  if (!/^[^$\0]{1,200}$/.test(name) || name.startsWith('system.') || name.startsWith('.') || name.endsWith('.'))
    throw new Refusal('InvalidNamespace', `Invalid collection name: '${name}'`);
}
