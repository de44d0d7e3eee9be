import type { Cell } from './sheet.ts';

/** What a cell was read as, or what its author should do, in Bahasa. A `warning` is shown, the value is taken. */
export type Parsed<Value> = { value: Value; warning?: string } | { problem: string };

/** Reads a cell that is not empty. */
export type CellParser<Value> = (cell: Cell) => Parsed<Value>;

/** What a column is called; recognised whatever its case, spaces, signs and language. */
export interface Headings {
  /** In Bahasa: what the template and every finding say. */
  readonly id: string;
  readonly en: string;
  readonly aliases?: readonly string[];
}

/** One column of a register; see {@link column} and {@link optional}. */
export interface Column<Value> {
  readonly headings: Headings;
  readonly parse: CellParser<Value>;
  /** Every line must have it. */
  readonly required: boolean;
  /** A cell of the template, as an author would enter it. */
  readonly example: string;
  /** What to enter, in Bahasa, for the template's page of explanations. */
  readonly explanation: string;
  /** How a value is written out again; absent: text as it is, numbers with a decimal comma, several values with `;`. */
  write?(value: Value): string;
}

type Settings<Value> = Omit<Column<Value>, 'required'>;

/** A column that every line fills in. */
export function column<Value>(settings: Settings<Value>): Column<Value> {
  return { ...settings, required: true };
}

/** A column a line may leave empty, or a sheet may lack; a lacking column leaves what is registered as it is. */
export function optional<Value>(settings: Settings<Value>): Column<Value | undefined> {
  return { ...settings, required: false };
}

/** Columns by field, in the order of the template. */
export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The line of a register: one value per column, absent where nothing was entered. */
export type RowOf<All extends Columns> = {
  [Field in keyof All as undefined extends ValueOf<All[Field]> ? never : Field]: ValueOf<All[Field]>;
} & {
  [Field in keyof All as undefined extends ValueOf<All[Field]> ? Field : never]?: ValueOf<All[Field]>;
};

type ValueOf<Of> = Of extends Column<infer Value> ? Value : never;

/** A register as its agency keeps it in a spreadsheet. */
export interface Register<All extends Columns = Columns> {
  /** What one line is, in Bahasa, for sentences and the template: `truk`. */
  readonly name: string;
  /** The field, or fields, that name a line for ever: importing again changes the line with the same key. */
  readonly key: (keyof All & string) | readonly (keyof All & string)[];
  readonly columns: All;
}

/** Any register, for code that does not care what its lines are. */
export interface AnyRegister {
  readonly name: string;
  readonly key: string | readonly string[];
  readonly columns: Columns;
}

/** What names a line: its key as text; of several fields, joined by `@`. */
export function keyOf({ key }: AnyRegister, row: object): string {
  const values = row as Readonly<Record<string, unknown>>;
  return [key]
    .flat()
    .map((field) => String(values[field]))
    .join('@');
}

/** Declares a register. Its key's columns must be read as text. */
export function defineRegister<All extends Columns>(register: Register<All>): Register<All> {
  return register;
}
