const DAY_MS = 86_400_000;

/** Days in [from, to), `2026-11-01` each. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let ms = Date.parse(from); ms < Date.parse(to); ms += DAY_MS) days.push(new Date(ms).toISOString().slice(0, 10));
  return days;
}

/** First day of a month and of the one after. */
export function spanOf(month: string): { fromDay: string; toDay: string } {
  return { fromDay: `${month}-01`, toDay: `${monthAfter(month, 1)}-01` };
}

/** `2026-11` and 2: `2027-01`. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}
