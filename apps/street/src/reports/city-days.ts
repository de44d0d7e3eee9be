const DAY_MS = 86_400_000;

/** The day it is in a city at a time: `2026-11-22`. */
export const dayAt = (atMs: number, timezone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(atMs);

/** When a day of the city's calendar begins, epoch ms. */
export function beginOf(day: string, timezone: string): number {
  const guessMs = Date.parse(`${day}T00:00:00Z`);
  const begun = guessMs - aheadMs(guessMs, timezone);
  // where clocks are changed, they may be between the guess and the day
  return guessMs - aheadMs(begun, timezone);
}

/** The day after so many days. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Light complaints are answered within two working days (SP4N-LAPOR!). */
const STANDARD_WORKING_DAYS = 2;

/** End of the second working day, Monday to Friday, after the day of a report; nobody told us the holidays. */
export function dueAtMs(reportedAtMs: number, timezone: string): number {
  let day = dayAt(reportedAtMs, timezone);
  for (let worked = 0; worked < STANDARD_WORKING_DAYS;) {
    day = dayAfter(day, 1);
    if (isWorkingDay(day)) worked += 1;
  }
  return beginOf(dayAfter(day, 1), timezone);
}

const isWorkingDay = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());

/** How far a city's clock is ahead of UTC. */
function aheadMs(atMs: number, timezone: string): number {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${wall.format(atMs).replace(' ', 'T')}Z`) - Math.floor(atMs / 1000) * 1000;
}
