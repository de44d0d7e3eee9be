import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { Mongoose, type Connection, type Model } from 'mongoose';
import type { AnyCollection, Collection } from './collection.ts';
import type { Stored } from './kept.ts';
import { asFaults, translated } from './mongo-faults.ts';
import { prepared } from './schema-hooks.ts';

/** How long a call may look for the database before it is `unavailable`, ms. */
export const SELECTION_TIMEOUT_MS = 5000;

/** One connection per process, one database per city: `siaga_<city>`. */
export class CityDatabases {
  readonly #mongoose = new Mongoose({ autoIndex: false, autoCreate: false, bufferCommands: false });
  readonly #models = new Map<string, unknown>();
  #connection: Connection | undefined;
  readonly cities: readonly string[];
  readonly #uri: string;

  constructor(uri: string, cities: readonly string[]) {
    this.#uri = uri;
    this.cities = cities;
    this.#mongoose.set('sanitizeFilter', true);
    this.#mongoose.set('strictQuery', 'throw');
  }

  async connect(): Promise<void> {
    const connection = this.#mongoose.createConnection(this.#uri, {
      serverSelectionTimeoutMS: SELECTION_TIMEOUT_MS,
      connectTimeoutMS: SELECTION_TIMEOUT_MS,
      // longer than any handler's deadline: a connection that went silent is given up, not waited for
      socketTimeoutMS: 15_000,
      maxPoolSize: 20,
      appName: 'siaga',
    });
    await asFaults(connection.asPromise());
    this.#connection = connection;
  }

  /** Creates what indexes a collection lacks, in every city; an index that cannot be made is an error. */
  async ensure(collections: readonly AnyCollection[]): Promise<void> {
    for (const city of this.cities) {
      for (const collection of collections) await this.#ensureIndexes(city, collection);
    }
  }

  async #ensureIndexes(city: string, collection: AnyCollection): Promise<void> {
    const specifications = collection.indexes.map(({ fields, where, ...options }) => ({
      key: { ...fields },
      ...options,
      ...(where === undefined ? {} : { partialFilterExpression: where }),
    }));
    try {
      await this.native(city).collection(collection.name).createIndexes(specifications);
    } catch (error) {
      const fault = translated(error);
      if (fault instanceof Fault) throw fault;
      throw new Error(`indexes of ${collection.name} in ${databaseOf(city)} cannot be made`, { cause: error });
    }
  }

  /** The model of a collection in the database of the context's city. Throws outside a context. */
  of<Document>(collection: Collection<Document>): Model<Stored<Document>> {
    return this.in(currentContext().city, collection);
  }

  /** The model of a collection in a city's database. */
  in<Document>(city: string, collection: Collection<Document>): Model<Stored<Document>> {
    const name = `${city}/${collection.name}`;
    const known = this.#models.get(name);
    if (known !== undefined) return known as Model<Stored<Document>>;
    const model = this.#database(city).model<Stored<Document>>(collection.name, prepared(collection), collection.name);
    this.#models.set(name, model);
    return model;
  }

  /** The driver's own database of a city, for blobs and leases. */
  native(city: string) {
    const database = this.#database(city).db;
    if (database === undefined) throw new Fault('unavailable', 'the document store is not connected');
    return database;
  }

  /** Round trip to the server; throws `unavailable`. */
  async ping(): Promise<void> {
    const [city] = this.cities;
    if (city !== undefined) await asFaults(this.native(city).command({ ping: 1 }));
  }

  async close(): Promise<void> {
    await this.#connection?.close();
  }

  #database(city: string): Connection {
    if (!this.cities.includes(city)) throw new Fault('not-found', `this installation does not serve the city ${city}`);
    if (this.#connection === undefined) throw new Fault('unavailable', 'the document store is not connected');
    return this.#connection.useDb(databaseOf(city), { useCache: true });
  }
}

/** `siaga_3574` */
export function databaseOf(city: string): string {
  return `siaga_${city}`;
}
