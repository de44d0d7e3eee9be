import type { ImportFinding } from '@siaga/contracts';
import type { AnyRegister, Headings } from './column.ts';
import { normal } from './parsers.ts';
import { limits, UnreadableFile, type Sheet, type SheetRow } from './sheet.ts';

/** Titles and letterheads people put above a table. */
const LINES_BEFORE_HEADINGS = 20;

/** Longer text is no heading, and comparing it costs. */
const HEADING_CHARACTERS = 100;

/** The table of a register as it was found in a file. */
export interface Table {
  /** Field → position in a row's cells. */
  readonly columns: ReadonlyMap<string, number>;
  /** Positions in a row's cells that have any heading, known or not. */
  readonly headed: ReadonlySet<number>;
  /** The lines below the headings. */
  readonly rows: readonly SheetRow[];
  readonly errors: readonly ImportFinding[];
  readonly warnings: readonly ImportFinding[];
}

interface Candidate {
  sheet: Sheet;
  row: SheetRow;
  /** Per cell: the field it heads. */
  fields: (string | undefined)[];
}

/** Finds the line of headings: the one that names most columns, in the first sheet that has it. Throws {@link UnreadableFile} without one. */
export function tableOf(register: AnyRegister, sheets: readonly Sheet[]): Table {
  const best = bestOf(register, sheets);
  if (best === undefined || countOf(best) === 0) {
    const wanted = Object.values(register.columns).map((column) => column.headings.id);
    throw new UnreadableFile(`Judul kolom tidak ditemukan. Baris pertama harus berisi: ${wanted.join(', ')}.`);
  }
  if (best.sheet.refusal !== undefined) throw new UnreadableFile(best.sheet.refusal);
  const rows = best.sheet.rows.filter((row) => row.line > best.row.line);
  if (rows.length > limits.lines)
    throw new UnreadableFile(
      `Berkas berisi lebih dari ${limits.lines.toLocaleString('id-ID')} baris. Bagi menjadi beberapa berkas.`,
    );
  return { rows, ...columnsOf(register, best) };
}

/** How many columns of the register the best line of headings names. */
export function headingsFound(register: AnyRegister, sheet: Sheet): number {
  const best = bestOf(register, [sheet]);
  return best === undefined ? 0 : countOf(best);
}

function bestOf(register: AnyRegister, sheets: readonly Sheet[]): Candidate | undefined {
  const names = namesOf(register);
  const candidates = sheets.flatMap((sheet) =>
    sheet.rows.slice(0, LINES_BEFORE_HEADINGS).map((row): Candidate => {
      const fields = row.cells.map((cell) =>
        namesOfCell(cell.text)
          .map((name) => names.get(name))
          .find(Boolean),
      );
      return { sheet, row, fields };
    }),
  );
  return candidates.reduce<Candidate | undefined>(
    (chosen, candidate) => (chosen === undefined || countOf(candidate) > countOf(chosen) ? candidate : chosen),
    undefined,
  );
}

function columnsOf(register: AnyRegister, { sheet, row, fields }: Candidate): Omit<Table, 'rows'> {
  const columns = new Map<string, number>();
  const headed = new Set(row.cells.flatMap(({ text }, at) => (text === '' ? [] : [at])));
  const errors: ImportFinding[] = [];
  const warnings: ImportFinding[] = [...sheet.notes];
  const { line } = row;
  for (const [at, { text }] of row.cells.entries()) {
    const field = fields[at];
    if (field === undefined) {
      if (text !== '') warnings.push({ line, column: text, message: `Kolom "${text}" tidak dikenal dan dilewati.` });
    } else if (columns.has(field)) {
      errors.push({ line, column: text, message: `Kolom "${text}" ada dua kali. Hapus salah satu.` });
    } else columns.set(field, at);
  }
  for (const [field, { headings, required }] of Object.entries(register.columns)) {
    if (!required || columns.has(field)) continue;
    errors.push({ line, column: headings.id, message: `Kolom "${headings.id}" tidak ada. Tambahkan kolom itu.` });
  }
  return { columns, headed, errors, warnings };
}

function namesOf(register: AnyRegister): Map<string, string> {
  const names = new Map<string, string>();
  for (const [field, { headings }] of Object.entries(register.columns))
    for (const name of [field, ...allNames(headings)]) names.set(normal(name), field);
  return names;
}

function allNames({ id, en, aliases = [] }: Headings): string[] {
  return [id, en, ...aliases].flatMap((name) => [name, withoutBrackets(name)]);
}

/** `Kapasitas (kg) *` is also `Kapasitas`. */
function namesOfCell(text: string): string[] {
  if (text.length > HEADING_CHARACTERS) return [];
  return [normal(text), normal(withoutBrackets(text))].filter((name) => name !== '');
}

function withoutBrackets(text: string): string {
  return text.replace(/\([^)]*\)|\[[^\]]*\]/g, '');
}

function countOf({ fields }: Candidate): number {
  return new Set(fields.filter((field) => field !== undefined)).size;
}
