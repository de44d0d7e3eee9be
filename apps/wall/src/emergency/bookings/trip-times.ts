import { beginOfDay, dayAt } from '@siaga/contracts';

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;
const FIRST = '08:00';

/** How long a trip is expected to take, hours. */
export const lasting = [1, 2, 3, 4, 6, 8, 12, 24] as const;
export type Lasting = (typeof lasting)[number];

/** A pick-up as somebody writes it: a city day and what its clock shows. */
export interface PickUp {
  day: string;
  clock: string;
}

/** The pick-up that is offered first: on a day to come in the morning, today at the next half hour. */
export function firstPickUp(day: string, nowMs: number, timezone: string): PickUp {
  if (day !== dayAt(nowMs, timezone)) return { day, clock: FIRST };
  return pickUpAt(Math.ceil(nowMs / HALF_HOUR_MS) * HALF_HOUR_MS, timezone);
}

/** A moment as somebody writes it. */
export function pickUpAt(atMs: number, timezone: string): PickUp {
  const day = dayAt(atMs, timezone);
  const minutes = Math.floor((atMs - beginOfDay(day, timezone)) / MINUTE_MS);
  const two = (number: number) => String(number).padStart(2, '0');
  return { day, clock: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}

/** When that is, epoch ms. */
export function momentOf({ day, clock }: PickUp, timezone: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return beginOfDay(day, timezone) + (hour * 60 + minute) * MINUTE_MS;
}
