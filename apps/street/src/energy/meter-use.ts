import type { MeterReading } from '@siaga/contracts';
import { daysBetween } from './calendar.ts';

/** A stand that does not go on from the one before: what was counted in between is not known, so it is not summed. */
export interface MeterGap {
  readonly kind: 'meter-backwards' | 'meter-replaced';
  readonly fromDay: string;
  readonly toDay: string;
  readonly fromKwh: number;
  readonly toKwh: number;
}

/** What one meter counted between two days on which it was read. */
export interface MeterUse {
  readonly fromDay: string;
  readonly toDay: string;
  /** Stands at both ends. */
  readonly fromKwh: number;
  readonly toKwh: number;
  /** Without what was counted in gaps. */
  readonly kwh: number;
  readonly gaps: readonly MeterGap[];
}

/** Meters are read within so many days of the first of a month. */
const NEAR_DAYS = 5;

/** What a meter counted over a month, from the readings nearest to its ends; undefined when there are none that near. */
export function meterUse(
  readings: readonly MeterReading[],
  { fromDay, toDay }: { fromDay: string; toDay: string },
): MeterUse | undefined {
  const inOrder = readings.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const first = nearest(inOrder, fromDay);
  const last = nearest(inOrder, toDay);
  if (first === undefined || last === undefined || first.day >= last.day) return undefined;
  const gaps: MeterGap[] = [];
  let kwh = 0;
  let before = first;
  for (const reading of inOrder.filter(({ day }) => day > first.day && day <= last.day)) {
    const counted = countedBetween(before, reading);
    if (typeof counted === 'number') kwh += counted;
    else gaps.push(counted);
    before = reading;
  }
  return {
    ...{ fromDay: first.day, toDay: last.day, fromKwh: first.kwhTotal, toKwh: last.kwhTotal },
    ...{ kwh, gaps },
  };
}

function countedBetween(
  before: MeterReading,
  { day, kwhTotal, replaced, closingKwh }: MeterReading,
): number | MeterGap {
  const end = replaced ? closingKwh : kwhTotal;
  const gap = { fromDay: before.day, toDay: day, fromKwh: before.kwhTotal, toKwh: end ?? kwhTotal };
  if (end === undefined) return { kind: 'meter-replaced', ...gap };
  return end < before.kwhTotal ? { kind: 'meter-backwards', ...gap } : end - before.kwhTotal;
}

/** The reading nearest to a day; the earlier one of two as near. */
function nearest(inOrder: readonly MeterReading[], day: string): MeterReading | undefined {
  let best: { reading: MeterReading; days: number } | undefined;
  for (const reading of inOrder) {
    const days = daysApart(reading.day, day);
    if (days <= NEAR_DAYS && (best === undefined || days < best.days)) best = { reading, days };
  }
  return best?.reading;
}

const daysApart = (a: string, b: string) => (a < b ? daysBetween(a, b) : daysBetween(b, a)).length;
