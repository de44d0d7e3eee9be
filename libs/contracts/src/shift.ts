import { Shift } from './hand-over.ts';

/** The one table of shifts: the hour of city time each begins at. */
const begins: Readonly<Record<Shift, number>> = { pagi: 6, siang: 14, malam: 22 };

const DAY_MS = 86_400_000;

/** The shift that is on at a time: the day it began on and which of that day it is, from 0. */
export function shiftAt(atMs: number, timezone: string): { day: string; shift: Shift; index: number } {
  const hour = Number(new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, hour: '2-digit' }).format(atMs));
  const on = Shift.options.findLast((shift) => begins[shift] <= hour);
  // before the first of the day, the last of the day before is still on
  const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone });
  const shift = on ?? 'malam';
  return { day: dayOf.format(on === undefined ? atMs - DAY_MS : atMs), shift, index: Shift.options.indexOf(shift) };
}
