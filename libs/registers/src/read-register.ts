import type { ImportFinding } from '@siaga/contracts';
import { keyOf, type AnyRegister, type Column, type Columns, type Register, type RowOf } from './column.ts';
import { headingsFound, tableOf, type Table } from './headings.ts';
import { readFile, type RegisterFile } from './read-file.ts';
import { emptyCell, limits, UnreadableFile, type Sheet, type SheetRow } from './sheet.ts';

/** A line of a register that was read without an error. */
export interface ReadRow<All extends Columns> {
  readonly line: number;
  /** Only columns the sheet has; what was left empty is `undefined`. */
  readonly values: RowOf<All>;
}

/** A register file as it was understood. With any error, nothing of it should be written. */
export interface Reading<All extends Columns> {
  readonly rows: readonly ReadRow<All>[];
  /** Lines that hold an entry, without the headings. */
  readonly lines: number;
  readonly errors: readonly ImportFinding[];
  readonly warnings: readonly ImportFinding[];
}

/** Reads a register from .xlsx or CSV. Never throws for what is in the file: every problem is a finding. */
export function readRegister<All extends Columns>(register: Register<All>, file: RegisterFile): Reading<All> {
  const found = (sheet: Sheet) => headingsFound(register, sheet);
  try {
    return readTable(register, tableOf(register, readFile(file, found)));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { rows: [], lines: 0, errors: [{ line: error.line, message: error.message }], warnings: [] };
  }
}

interface Findings {
  errors: ImportFinding[];
  warnings: ImportFinding[];
}

function readTable<All extends Columns>(register: Register<All>, table: Table): Reading<All> {
  const findings: Findings = { errors: [...table.errors], warnings: [...table.warnings] };
  const rows: ReadRow<All>[] = [];
  const seen = new Map<string, number>();
  for (const row of table.rows) {
    if (findings.errors.length >= limits.errors) {
      const message = 'Baris ini dan selanjutnya belum diperiksa. Perbaiki dulu kesalahan di atas.';
      findings.errors.push({ line: row.line, message });
      break;
    }
    if (isExample(register, table, row)) {
      findings.warnings.push({ line: row.line, message: 'Baris contoh dari templat dilewati.' });
      continue;
    }
    const values = valuesOf(register, table, row, findings);
    if (values === undefined) continue;
    const key = keyOf(register, values);
    const before = seen.get(key.toLowerCase());
    if (before === undefined) {
      seen.set(key.toLowerCase(), row.line);
      rows.push({ line: row.line, values: values as RowOf<All> });
      continue;
    }
    const column = headingOfKey(register);
    const message = `${column} "${key.replaceAll('@', ' · ')}" sudah ada di baris ${String(before)}. Hapus salah satu.`;
    findings.errors.push({ line: row.line, column, message });
  }
  if (table.rows.length === 0 && findings.errors.length === 0)
    findings.errors.push({ line: 1, message: `Tidak ada baris ${register.name} di bawah judul kolom.` });
  return { rows, lines: table.rows.length, ...findings };
}

function valuesOf(
  register: AnyRegister,
  table: Table,
  row: SheetRow,
  findings: Findings,
): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {};
  const errorsBefore = findings.errors.length;
  for (const [field, at] of table.columns) {
    const column = register.columns[field];
    if (column === undefined) continue;
    const cell = row.cells[at] ?? emptyCell;
    const say = (message: string) => ({
      line: row.line,
      column: column.headings.id,
      message: `${column.headings.id} ${message}.`,
    });
    const parsed = parseCell(column, cell);
    if ('problem' in parsed) findings.errors.push(say(parsed.problem));
    else {
      values[field] = parsed.value;
      if (parsed.warning !== undefined) findings.warnings.push(say(parsed.warning));
    }
  }
  const stray = row.cells.find(({ text }, at) => text !== '' && !table.headed.has(at));
  if (stray !== undefined) {
    const message = `Sel "${stray.text.slice(0, 40)}" tidak punya judul kolom. Hapus, beri judul, atau beri tanda kutip (") pada isi yang memuat pemisah.`;
    findings.errors.push({ line: row.line, message });
  }
  return findings.errors.length === errorsBefore ? values : undefined;
}

function parseCell(column: Column<unknown>, cell: SheetRow['cells'][number]) {
  if (cell.kind === 'formula')
    return { problem: 'berisi rumus tanpa hasil. Simpan ulang berkasnya, atau tulis nilainya' };
  if (cell.kind === 'error') return { problem: `berisi kesalahan spreadsheet (${cell.text}). Tulis nilainya` };
  if (cell.text !== '') return column.parse(cell);
  return column.required ? { problem: `kosong. Isi, misalnya ${column.example}` } : { value: undefined };
}

/** `IDPEL + Bulan` where two columns name a line together. */
function headingOfKey({ key, columns }: AnyRegister): string {
  return [key]
    .flat()
    .map((field) => columns[field]?.headings.id ?? field)
    .join(' + ');
}

/** The template's own example line, left in by an author. */
function isExample(register: AnyRegister, table: Table, row: SheetRow): boolean {
  return [...table.columns].every(([field, at]) => (row.cells[at]?.text ?? '') === register.columns[field]?.example);
}
