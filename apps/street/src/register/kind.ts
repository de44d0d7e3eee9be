import { keyOf, type Register } from '@siaga/registers';
import type { Collection, Stored } from '@siaga/store';
import type { Registered } from './registration.ts';

/** A document of a register: what people entered, and when. */
export type RegisterDocument = Registered & Readonly<Record<string, unknown>>;
export type StoredThing = Stored<RegisterDocument>;

/** What people enter of a thing, without its key. */
export type Fields = Readonly<Record<string, unknown>>;
/** The same as a line of a spreadsheet, with its key. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * A kind of thing the service keeps a register of: lamps, panels, bills … One mechanism keeps, lists, imports and takes
 * back all of them; a kind says what is its own.
 */
export interface Kind {
  /** `street.lamps` */
  readonly name: string;
  readonly collection: Collection<RegisterDocument>;
  /** Fields of contracts and documents that make up the key, in order; the document's `_id` is them, joined by `@`. */
  readonly key: readonly string[];
  /** How people enter it in a spreadsheet. */
  readonly sheet: Register;
  /** Document fields that `q` searches. */
  readonly searched: readonly string[];
  /** Fields a thing may lack: cleared when they are left out. */
  readonly optional: readonly string[];
  /** A line as a thing: its key and fields, all but what is computed. */
  readonly thingOf: (row: Row) => Row;
  /** The other way round; what is as it is by default is left out. */
  readonly rowOf: (thing: Row) => Row;
  /** What follows from the fields and is kept with them. */
  readonly computed?: (fields: Fields) => Fields;
  /** What a thing may belong to, by the field that names it. */
  readonly parent?: {
    readonly field: string;
    readonly kind: Kind;
    /** The thing is a record of its own: it does not hold what it names, which may be taken out before it. */
    readonly isRecord?: true;
    /** What a line says of it, for one that nobody registered yet: the import registers it, too. */
    readonly inRow?: (row: Row) => Row | undefined;
  };
  /** What else it names, by field: as its parent it must be there, and stays as long as it is named. */
  readonly alsoOf?: readonly { readonly field: string; readonly kind: Kind }[];
  /**
   * Each thing is an agency's, by its field `owner`: its people and the room see it, its administrators write it. Fields
   * that are `hidden` only they see. Absent: the routes say whose the register is.
   */
  readonly owned?: { readonly hidden: readonly string[] };
  /** Columns of the sheet that are not about the thing itself: read, never written. */
  readonly foreign?: readonly string[];
}

/** Everything a kind's things may name: its parent first. */
export const namedBy = ({ parent, alsoOf = [] }: Kind): readonly NonNullable<Kind['parent']>[] =>
  parent === undefined ? alsoOf : [parent, ...alsoOf];

/** Declares a kind; its document is checked against the sheet where it is used. */
export function defineKind<Document extends Registered>(
  kind: Omit<Kind, 'collection' | 'sheet'> & { collection: Collection<Document>; sheet: object },
): Kind {
  return kind as unknown as Kind;
}

/** What names a thing for ever: `PJU-0142`, `515100012345@2026-11`. */
export function idOf({ key }: Kind, thing: Row): string {
  return key.map((field) => String(thing[field])).join('@');
}

/** The document id of a line. */
export const idOfRow = ({ sheet }: Kind, row: Row): string => keyOf(sheet, row);

/** A document as routes answer it: with its key in words. */
export function answerOf({ key }: Kind, { _id, ...document }: StoredThing): Row {
  const [first = ''] = key;
  return key.length === 1 ? { [first]: _id, ...document } : document;
}

/** A document as a line of its sheet. */
export const lineOf = (kind: Kind, document: StoredThing): Row => kind.rowOf(answerOf(kind, document));
