/** A column as far as writing goes: any {@link Column} of a register, or one that is only written. */
interface WrittenColumn {
  readonly headings: { readonly id: string };
  write?(value: unknown): string;
}

/**
 * A table as CSV the way spreadsheets in Indonesia open it: `;` between cells, decimal comma, UTF-8 with a mark. A register
 * written this way can be imported again.
 */
export function csvOf(
  table: { readonly columns: Readonly<Record<string, WrittenColumn>> },
  rows: readonly object[],
): string {
  const columns = Object.entries(table.columns);
  const lines = rows.map((row) => columns.map(([field, column]) => cellOf(column, (row as Row)[field])));
  const headings = columns.map(([, { headings }]) => quoted(headings.id));
  return `\uFEFF${[headings, ...lines].map((cells) => `${cells.join(';')}\r\n`).join('')}`;
}

type Row = Readonly<Record<string, unknown>>;

function cellOf(column: WrittenColumn, value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = column.write?.(value) ?? written(value);
  return typeof value === 'number' ? text : quoted(harmless(text));
}

function written(value: unknown): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  if (Array.isArray(value)) return value.map(written).join('; ');
  if (typeof value === 'string') return value;
  throw new Error('a column of anything but text and numbers says how it is written');
}

/** Text that a spreadsheet would execute is shown as text; a coordinate or a telephone number is not that. */
function harmless(text: string): string {
  return /^[=@\t]|^[-+](?![\d\s.,()-]+$)/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
