import { parseDate, parseMonth } from './dates.ts';
import type { CellParser, Parsed } from './column.ts';
import { decimalOf, wholeOf } from './numbers.ts';
import type { Cell } from './sheet.ts';

/** Text of a length and, if given, a form; `hint` says in Bahasa what the form is. */
export function text(options: { max: number; form?: RegExp; hint?: string }): CellParser<string> {
  return ({ text: given }) => {
    const value = given.replaceAll('\n', ' ');
    // what a spreadsheet would execute when this value is exported again
    if (/^[=@]/.test(value))
      return { problem: `tidak boleh dimulai dengan "${value.slice(0, 1)}". Tulis nilainya saja` };
    if (value.length > options.max)
      return { problem: `paling panjang ${String(options.max)} huruf; ini ${String(value.length)}` };
    if (/\p{C}/u.test(value)) return { problem: 'berisi karakter yang tidak terlihat. Ketik ulang isinya' };
    if (options.form !== undefined && !options.form.test(value))
      return { problem: options.hint ?? 'bentuknya tidak sesuai' };
    return { value };
  };
}

/** A whole number in a range. `units` gives what may follow it: `{ kg: 1, ton: 1000 }`. */
export function whole(options: {
  min: number;
  max: number;
  units?: Readonly<Record<string, number>>;
}): CellParser<number> {
  return (cell) => {
    const { amount, factor, problem } = withUnit(cell, options.units);
    if (problem !== undefined) return { problem };
    const read = factor === 1 ? wholeOf(amount) : decimalOf(amount);
    if ('problem' in read) return read;
    const value = read.value * factor;
    return Number.isInteger(value)
      ? inRange(value, options)
      : { problem: 'harus bilangan bulat, tanpa angka di belakang koma' };
  };
}

/** A number in a range, with a decimal comma or point. */
export function decimal(options: {
  min: number;
  max: number;
  units?: Readonly<Record<string, number>>;
}): CellParser<number> {
  return (cell) => {
    const { amount, factor, problem } = withUnit(cell, options.units);
    if (problem !== undefined) return { problem };
    const read = decimalOf(amount);
    if ('problem' in read) return read;
    const ranged = inRange(read.value * factor, options);
    return 'problem' in ranged || read.warning === undefined ? ranged : { ...ranged, warning: read.warning };
  };
}

/** One of several values, each with the words people use for it. */
export function oneOf<Value extends string>(words: Readonly<Record<Value, readonly string[]>>): CellParser<Value> {
  const entries = Object.entries(words) as [Value, readonly string[]][];
  const known = new Map(
    entries.flatMap(([value, names]) => [value, ...names].map((name) => [normal(name), value] as const)),
  );
  const choices = entries.map(([value, names]) => names[0] ?? value).join(', ');
  return ({ text: given }) => {
    const value = known.get(normal(given));
    return value === undefined ? { problem: `"${given}" tidak dikenal. Pilih salah satu: ${choices}` } : { value };
  };
}

/** A day as `2026-11-21`, from `21/11/2026`, `21 November 2026`, `2026-11-21` or a spreadsheet's own date. */
export function date(): CellParser<string> {
  return (cell) => parseDate(cell.text);
}

/** A month as `2026-11`, from `2026-11`, `11/2026`, `202611`, `November 2026` or a spreadsheet's own date. */
export function month(): CellParser<string> {
  return (cell) => parseMonth(cell.text);
}

/** Several values in one cell, separated by `;`, a comma or a line break. */
export function list<Value>(
  parse: CellParser<Value>,
  options: { max: number; separator?: RegExp },
): CellParser<Value[]> {
  return (cell) => {
    const parts = cell.text.split(options.separator ?? /[;,\n]/).map((part) => part.trim());
    const given = parts.filter((part) => part !== '');
    if (given.length > options.max)
      return { problem: `paling banyak ${String(options.max)} isian, dipisah titik koma (;)` };
    const values: Value[] = [];
    for (const part of given) {
      const parsed = parse({ text: part, kind: 'text' });
      if ('problem' in parsed) return parsed;
      values.push(parsed.value);
    }
    return { value: values };
  };
}

/** How words are compared: letters and digits only, whatever case and accents. */
export function normal(words: string): string {
  return words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function withUnit(cell: Cell, units: Readonly<Record<string, number>> = {}) {
  // before any pattern is tried: some take the square of the length
  if (cell.text.length > 60)
    return { amount: cell, factor: 1, problem: `"${cell.text.slice(0, 20)}…" bukan angka. Tulis angka saja` };
  const split = /^(.*?[\d.,])\s*(\p{L}[\p{L}\d/²³%]*)\.?$/u.exec(cell.text);
  const unit = split?.[2];
  if (cell.kind === 'number' || unit === undefined) return { amount: cell, factor: 1 };
  const factor = Object.entries(units).find(([name]) => name.toLowerCase() === unit.toLowerCase())?.[1];
  const amount: Cell = { text: split?.[1] ?? '', kind: 'text' };
  if (factor !== undefined) return { amount, factor };
  const known = Object.keys(units).join(' atau ');
  return {
    amount,
    factor: 1,
    problem: `"${unit}" tidak dikenal. Tulis angkanya saja${known === '' ? '' : `, atau dengan ${known}`}`,
  };
}

function inRange(value: number, { min, max }: { min: number; max: number }): Parsed<number> {
  if (value >= min && value <= max) return { value };
  const range = `${min.toLocaleString('id-ID')} sampai ${max.toLocaleString('id-ID')}`;
  return { problem: `harus ${range}; ini ${value.toLocaleString('id-ID')}` };
}
