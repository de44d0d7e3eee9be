import type { AnyEvent, DataOf } from '@siaga/contracts';
import { Schema, type SchemaDefinition } from 'mongoose';
import type { Stored } from './kept.ts';

/** An index of a collection; `name` is what a `conflict` fault of a unique index names. */
export interface CollectionIndex {
  readonly name: string;
  readonly fields: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  /** Only documents with these values or comparisons are in the index. */
  readonly where?: Readonly<Record<string, unknown>>;
  /** The field is a Date; documents leave this many seconds after it. */
  readonly expireAfterSeconds?: number;
}

/** The one `latest` event that says what the document is now, made from the document; `null` data is a tombstone. */
export interface State<Document, Event extends AnyEvent = AnyEvent> {
  readonly event: Event;
  readonly data: (document: Stored<Document>) => DataOf<Event> | null;
  /** The event's key, needed for the tombstone when the document is removed. */
  readonly key: (document: Stored<Document>) => string;
}

export interface CollectionSettings<Document> {
  readonly name: string;
  /** One of its documents as people call it, in Bahasa: `panggilan`. Absent: the collection's name. */
  readonly called?: string;
  /** Mongoose types of the document's own fields. Sub-documents have no `_id`. */
  readonly fields: SchemaDefinition<Document>;
  readonly indexes?: readonly CollectionIndex[];
  /** Shape of the document, from 1; raised together with {@link CollectionSettings.upgrade}. */
  readonly schemaVersion?: number;
  /** Pure: an older document, with its `schemaVersion`, in today's shape. */
  readonly upgrade?: (old: Readonly<Record<string, unknown>>, schemaVersion: number) => Record<string, unknown>;
  readonly state?: State<Document>;
}

/** A kind of document of one service; see {@link defineCollection}. */
export interface Collection<Document> extends CollectionSettings<Document> {
  readonly schema: Schema<Stored<Document>>;
  readonly schemaVersion: number;
  readonly indexes: readonly CollectionIndex[];
}

/** Any collection, when the type of its documents does not matter. */
export type AnyCollection = Pick<Collection<never>, 'name' | 'indexes' | 'schemaVersion'> & {
  readonly state?: unknown;
};

/**
 * Declares a collection: fields, indexes and how its documents become events. Unknown fields in what is written or asked
 * are an error, never dropped in silence.
 */
export function defineCollection<Document>(settings: CollectionSettings<Document>): Collection<Document> {
  const schemaVersion = settings.schemaVersion ?? 1;
  const own = {
    _id: { type: String, required: true },
    version: { type: Number, required: true, default: 1 },
    wakeAtMs: Number,
    schemaVersion: { type: Number, required: true, default: schemaVersion, select: false },
    outbox: { type: [Schema.Types.Mixed], default: undefined, select: false },
    outboxAtMs: { type: Number, select: false },
    removedAtMs: { type: Number, select: false },
    onceKeys: { type: [Schema.Types.Mixed], default: undefined, select: false },
  };
  const schema = new Schema<Stored<Document>>({ ...settings.fields, ...own } as SchemaDefinition<Stored<Document>>, {
    strict: 'throw',
    strictQuery: 'throw',
    autoIndex: false,
    autoCreate: false,
    versionKey: false,
    minimize: false,
    id: false,
  });
  return { ...settings, schema, schemaVersion, indexes: [...(settings.indexes ?? []), ...keptIndexes] };
}

/** Gives an event its state in a typed way: `state: stateOf(TruckRegistered, (truck) => …, (truck) => truck._id)`. */
export function stateOf<Document, Event extends AnyEvent>(
  event: Event,
  data: (document: Stored<Document>) => DataOf<Event> | null,
  key: (document: Stored<Document>) => string = (document) => document._id,
): State<Document> {
  return { event, data, key };
}

const keptIndexes: readonly CollectionIndex[] = [
  { name: 'outbox', fields: { outboxAtMs: 1 }, sparse: true },
  { name: 'wake', fields: { wakeAtMs: 1 }, sparse: true },
];
