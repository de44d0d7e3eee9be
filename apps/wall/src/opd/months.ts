import type { YearMonth } from '@siaga/contracts';
import { cityDay, type Language } from '../text/format.ts';

/** The months of a city up to the running one, newest first: `2026-11`, `2026-10`, … */
export function lastMonths(nowMs: number, timezone: string, count: number): readonly YearMonth[] {
  const [year = 0, month = 0] = cityDay(nowMs, timezone).split('-').map(Number);
  return Array.from({ length: count }, (_, back) => {
    const index = year * 12 + (month - 1) - back;
    return `${String(Math.floor(index / 12))}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

/** `November 2026` in the reader's language. */
export function monthInWords(month: YearMonth, language: Language): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const words = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return words.format(Date.UTC(year, number - 1, 1));
}
