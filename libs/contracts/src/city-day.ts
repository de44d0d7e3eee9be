const DAY_MS = 86_400_000;

/** Swedish writes dates as ISO 8601 does; making one costs more than a thousand uses of it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-22 19:10:00` on the clocks of a city. */
function wallClock(atMs: number, timezone: string): string {
  const known = clocks.get(timezone);
  const clock = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' }); // prettier-ignore
  if (known === undefined) clocks.set(timezone, clock);
  return clock.format(atMs);
}

/** The day it is at a time, epoch ms, in a city's zone (IANA): `2026-11-22`. */
export const dayAt = (atMs: number, timezone: string): string => wallClock(atMs, timezone).slice(0, 10);

/** The hour it is, 0 to 23. */
export const hourAt = (atMs: number, timezone: string): number => Number(wallClock(atMs, timezone).slice(11, 13));

/** The day after so many days; `-1`: the day before. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** When a day of a city's calendar begins, epoch ms. */
export function beginOfDay(day: string, timezone: string): number {
  const guessMs = Date.parse(`${day}T00:00:00Z`);
  const begun = guessMs - aheadMs(guessMs, timezone);
  // where clocks are changed, they may be between the guess and the day
  return guessMs - aheadMs(begun, timezone);
}

/** How far a city's clock is ahead of UTC. */
const aheadMs = (atMs: number, timezone: string) =>
  Date.parse(`${wallClock(atMs, timezone).replace(' ', 'T')}Z`) - Math.floor(atMs / 1000) * 1000;

/** A month of a city's calendar, `2026-11`, epoch ms. */
export function spanOfMonth(month: string, timezone: string): { fromMs: number; toMs: number } {
  const firstDay = `${month}-01`;
  // the 1st and 31 days more lie in the next month, whatever month it is
  const next = `${dayAfter(firstDay, 31).slice(0, 7)}-01`;
  return { fromMs: beginOfDay(firstDay, timezone), toMs: beginOfDay(next, timezone) };
}
