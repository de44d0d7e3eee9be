import type { Parsed } from './column.ts';

const months = [
  'januari',
  'februari',
  'maret',
  'april',
  'mei',
  'juni',
  'juli',
  'agustus',
  'september',
  'oktober',
  'november',
  'desember',
];
const english = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const hint = 'Tulis hari/bulan/tahun, misalnya 21/11/2026';

/** A day as `2026-11-21`, from the ways a day is written in Indonesia. */
export function parseDate(text: string): Parsed<string> {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso !== null) return dayOf(text, Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (local !== null) return dayOf(text, Number(local[3]), Number(local[2]), Number(local[1]));
  const spelled = /^(\d{1,2})[ -](\p{L}{3,})\.?[ -](\d{4})$/u.exec(text);
  if (spelled === null) return { problem: `"${text}" bukan tanggal. ${hint}` };
  return dayOf(text, Number(spelled[3]), monthOf(spelled[2] ?? ''), Number(spelled[1]));
}

/** A month as `2026-11`, from `2026-11`, `11/2026`, `202611`, `November 2026`, `Nov-26` or a spreadsheet's own date. */
export function parseMonth(text: string): Parsed<string> {
  const [, year, month] =
    /^(\d{4})[-/.]?(\d{2})(?:-\d{1,2}(?:[T ].*)?)?$/.exec(text) ?? swapped(/^(\d{1,2})[-/. ](\d{4})$/.exec(text)) ?? [];
  if (year !== undefined && month !== undefined) return monthIn(text, Number(year), Number(month));
  const spelled = /^(\p{L}{3,})\.?[ -](\d{2}|\d{4})$/u.exec(text);
  if (spelled === null) return notAMonth(text);
  const digits = spelled[2] ?? '';
  return monthIn(text, Number(digits.length === 2 ? `20${digits}` : digits), monthOf(spelled[1] ?? ''));
}

const swapped = (found: RegExpExecArray | null) => (found === null ? undefined : [found[0], found[2], found[1]]);

function monthIn(text: string, year: number, month: number): Parsed<string> {
  if (month < 1 || month > 12 || year < 1900) return notAMonth(text);
  return { value: `${String(year)}-${String(month).padStart(2, '0')}` };
}

const notAMonth = (text: string) => ({
  problem: `"${text.slice(0, 40)}" bukan bulan. Tulis tahun dan bulan, misalnya 2026-11`,
});

function monthOf(word: string): number {
  const start = word.toLowerCase();
  for (const names of [months, english]) {
    const index = names.findIndex((name) => name.startsWith(start));
    if (index >= 0) return index + 1;
  }
  return 0;
}

function dayOf(text: string, year: number, month: number, day: number): Parsed<string> {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || year < 1900) return { problem: `"${text}" bukan tanggal yang ada. ${hint}` };
  return { value: date.toISOString().slice(0, 10) };
}
