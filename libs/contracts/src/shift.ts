import { dayAfter, dayAt, hourAt } from './city-day.ts';
import { Shift } from './hand-over.ts';

/** The one table of shifts: the hour of city time each begins at. */
const begins: Readonly<Record<Shift, number>> = { pagi: 6, siang: 14, malam: 22 };

/** The shift that is on at a time: the day it began on and which of that day it is, from 0. */
export function shiftAt(atMs: number, timezone: string): { day: string; shift: Shift; index: number } {
  const on = Shift.options.findLast((shift) => begins[shift] <= hourAt(atMs, timezone));
  const day = dayAt(atMs, timezone);
  const shift = on ?? 'malam';
  // before the first of the day, the last of the day before is still on
  return { day: on === undefined ? dayAfter(day, -1) : day, shift, index: Shift.options.indexOf(shift) };
}
