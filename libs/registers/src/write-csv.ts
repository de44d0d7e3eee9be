import type { AnyRegister, Column } from './column.ts';

/**
 * A table as CSV the way spreadsheets in Indonesia open it: `;` between cells, decimal comma, UTF-8 with a mark. A register
 * written this way can be imported again.
 */
export function csvOf(table: Pick<AnyRegister, 'columns'>, rows: readonly object[]): string {
  const columns = Object.entries(table.columns);
  const lines = rows.map((row) => columns.map(([field, column]) => cellOf(column, (row as Row)[field])));
  const headings = columns.map(([, { headings }]) => quoted(headings.id));
  return `\uFEFF${[headings, ...lines].map((cells) => `${cells.join(';')}\r\n`).join('')}`;
}

type Row = Readonly<Record<string, unknown>>;

function cellOf({ write = written }: Column<unknown>, value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'number' ? write(value) : quoted(harmless(write(value)));
}

function written(value: {}): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  return Array.isArray(value) ? value.map(String).join('; ') : String(value);
}

/** Text that a spreadsheet would execute is shown as text. */
function harmless(text: string): string {
  return /^[=+\-@\t]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
