/** One cell as a spreadsheet holds it. */
export interface Cell {
  /** What it says: text trimmed, numbers with a decimal point, dates as `2026-11-21`. Empty: nothing was entered. */
  readonly text: string;
  /** `number` and `date` come from a spreadsheet's own types; everything in a CSV file is `text`. */
  readonly kind: 'text' | 'number' | 'date' | 'error' | 'formula';
}

export interface SheetRow {
  /** As the spreadsheet counts it; the first line is 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** A table of cells; rows without any entry may be left out. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  /** What the reader did that the author may not expect, in Bahasa. */
  readonly notes: readonly { line: number; message: string }[];
  /** Why this table must not be taken, in Bahasa; of no weight as long as another one holds the register. */
  readonly refusal?: string;
}

/** What a file may hold; far above any register of a city, far below what would trouble a server. */
export const limits = {
  fileBytes: 3 * 1024 * 1024,
  /** All parts of a spreadsheet together, unpacked. */
  unpackedBytes: 32 * 1024 * 1024,
  lines: 10_000,
  /** Line breaks of a CSV file: those of empty lines and inside cells too. */
  rawLines: 30_000,
  columns: 200,
  /** All cells of a CSV file, empty ones too. */
  cells: 500_000,
  cellCharacters: 2000,
  /** Elements of one part of an .xlsx file; 10,000 lines of 20 columns have 410,000. */
  xmlElements: 500_000,
  mergedCells: 1000,
  /** Lines that merged cells fill, together. */
  mergedLines: 20_000,
  /** Past these nobody reads on. */
  errors: 1000,
} as const;

/** The file cannot be read at all; the message says what to do, in Bahasa. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  /** The line that is to blame, where one is. */
  readonly line: number;

  constructor(message: string, { line = 1, ...options }: ErrorOptions & { line?: number } = {}) {
    super(message, options);
    this.line = line;
  }
}

export const emptyCell: Cell = { text: '', kind: 'text' };

/** A cell of text, trimmed, its kinds of spaces made ordinary ones; line breaks stay. Throws {@link UnreadableFile} for one without measure. */
export function textCell(raw: string, line = 1): Cell {
  if (raw.length > limits.cellCharacters) throw cellTooLong(line);
  const ordinary = raw.replace(/[\u200b\ufeff]/g, '').replace(/[^\S\n]+/g, ' ');
  return { text: ordinary.replace(/ ?\n[ \n]*/g, '\n').trim(), kind: 'text' };
}

/** Refuses more lines with entries than a register may have. */
export function countLine(count: number): void {
  if (count > limits.lines + 20)
    throw new UnreadableFile(
      `Berkas berisi lebih dari ${limits.lines.toLocaleString('id-ID')} baris. Bagi menjadi beberapa berkas.`,
    );
}

export function cellTooLong(line = 1): UnreadableFile {
  const message = `Ada sel dengan lebih dari ${String(limits.cellCharacters)} huruf. Pendekkan isinya.`;
  return new UnreadableFile(message, { line });
}

export function tooManyColumns(line = 1): UnreadableFile {
  const message = `Ada baris dengan lebih dari ${String(limits.columns)} kolom. Hapus yang di kanan tabel.`;
  return new UnreadableFile(message, { line });
}
