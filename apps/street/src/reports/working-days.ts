import { beginOfDay, dayAfter, dayAt } from '@siaga/contracts';

/** Light complaints are answered within two working days (SP4N-LAPOR!). */
const STANDARD_WORKING_DAYS = 2;

/** End of the second working day, Monday to Friday, after the day of a report; nobody told us the holidays. */
export function dueAtMs(reportedAtMs: number, timezone: string): number {
  let day = dayAt(reportedAtMs, timezone);
  for (let worked = 0; worked < STANDARD_WORKING_DAYS;) {
    day = dayAfter(day, 1);
    if (isWorkingDay(day)) worked += 1;
  }
  return beginOfDay(dayAfter(day, 1), timezone);
}

const isWorkingDay = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());
