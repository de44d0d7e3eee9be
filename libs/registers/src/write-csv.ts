import { csvText } from '@siaga/contracts';

/** A column as far as writing goes: any {@link Column} of a register, or one that is only written. */
interface WrittenColumn {
  readonly headings: { readonly id: string };
  write?(value: unknown): string;
}

/** A table as CSV, see {@link csvText}. A register written this way can be imported again. */
export function csvOf(
  table: { readonly columns: Readonly<Record<string, WrittenColumn>> },
  rows: readonly object[],
): string {
  const columns = Object.entries(table.columns);
  const lines = rows.map((row) => columns.map(([field, column]) => cellOf(column, (row as Row)[field])));
  return csvText([columns.map(([, { headings }]) => headings.id), ...lines]);
}

type Row = Readonly<Record<string, unknown>>;

function cellOf(column: WrittenColumn, value: unknown): string | number {
  if (value === undefined || value === null) return '';
  const text = column.write?.(value);
  return text ?? (typeof value === 'number' ? value : written(value));
}

function written(value: unknown): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  if (Array.isArray(value)) return value.map(written).join('; ');
  if (typeof value === 'string') return value;
  throw new Error('a column of anything but text and numbers says how it is written');
}
