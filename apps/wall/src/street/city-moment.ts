import { beginOfDay } from '@siaga/contracts';

const MINUTE_MS = 60_000;
const written = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)$/;

/** What a field of date and time says, `2026-11-22T19:10` on the clocks of the city, as epoch ms; undefined while it is not whole. */
export function cityMoment(text: string, timezone: string): number | undefined {
  const [, day, hours, minutes] = written.exec(text) ?? [];
  if (day === undefined) return undefined;
  return beginOfDay(day, timezone) + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

/** The other way round, to the minute: what such a field is filled in with. */
export function momentText(atMs: number, timezone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(atMs).replace(' ', 'T');
}
