import type { Place } from '@siaga/contracts';
import { bearingDeg, between, distanceM } from '@siaga/geo';
import { DAY_MS, dayStartMs } from './city-time.ts';
import { planShift, type Doing, type Leg } from './day-plan.ts';
import type { SimulatedTruck } from './fleet.ts';
import { placeOf } from './streets.ts';

/** Where a truck truly is, whatever its device says. */
export interface Whereabouts extends Place {
  readonly doing: Doing | 'parked';
  /** 0 while standing, else 15 to 40. */
  readonly speedKph: number;
  /** Direction of travel; of the last one while standing in a shift. */
  readonly headingDeg: number;
  /** Start and end of the shift under way; undefined off duty. */
  readonly shift?: { readonly fromMs: number; readonly toMs: number };
  /** City time at which this piece of the shift, or this time off duty, ends. */
  readonly untilMs: number;
}

type PlannedShift = readonly Leg[];

/** The pure model: the same seed gives the same city, at any instant, in any order of asking. */
export class CityModel {
  readonly seed: string;
  readonly #planned = new Map<string, readonly PlannedShift[]>();

  constructor(seed: string) {
    this.seed = seed;
  }

  positionAt(truck: SimulatedTruck, atMs: number): Whereabouts {
    const shifts = this.#shiftsAround(truck, atMs);
    for (const legs of shifts) {
      const leg = legs.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
      if (leg !== undefined) return on(legs, leg, atMs);
    }
    const starts = shifts.map((legs) => legs[0]?.fromMs ?? Infinity).filter((fromMs) => fromMs > atMs);
    return {
      ...placeOf('garasi-dlh'),
      doing: 'parked',
      speedKph: 0,
      headingDeg: 0,
      untilMs: Math.min(dayStartMs(atMs) + DAY_MS, ...starts),
    };
  }

  /** Shifts of this day and of the night before. */
  #shiftsAround(truck: SimulatedTruck, atMs: number): readonly PlannedShift[] {
    const dayMs = dayStartMs(atMs);
    return [dayMs - DAY_MS, dayMs].flatMap((day) => this.#shiftsOf(truck, day));
  }

  #shiftsOf(truck: SimulatedTruck, dayMs: number): readonly PlannedShift[] {
    const name = `${truck.truckId}@${String(dayMs)}`;
    const known = this.#planned.get(name);
    if (known !== undefined) return known;
    const planned = truck.shifts.map((shift) => planShift(truck, { shift, dayMs, seed: this.seed }));
    this.#planned.set(name, planned);
    const oldest = this.#planned.keys().next().value;
    if (this.#planned.size > 100 && oldest !== undefined) this.#planned.delete(oldest);
    return planned;
  }
}

function on(legs: PlannedShift, leg: Leg, atMs: number): Whereabouts {
  const shift = { fromMs: legs[0]?.fromMs ?? leg.fromMs, toMs: legs.at(-1)?.toMs ?? leg.toMs };
  const common = { doing: leg.doing, shift, untilMs: leg.toMs };
  if (leg.doing !== 'drive') {
    const arrival = legs.findLast((other) => other.doing === 'drive' && other.toMs <= leg.fromMs);
    return { ...firstOf(leg), ...common, speedKph: 0, headingDeg: arrival === undefined ? 0 : lastHeading(arrival) };
  }
  const sinceMs = atMs - leg.fromMs;
  const next = leg.reachedMs.findIndex((reachedMs) => reachedMs > sinceMs);
  const index = next === -1 ? leg.line.length - 1 : next;
  const [from, to] = [leg.line[index - 1] ?? firstOf(leg), leg.line[index] ?? firstOf(leg)];
  const [leftMs, reachedMs] = [leg.reachedMs[index - 1] ?? 0, leg.reachedMs[index] ?? 0];
  const share = Math.min(1, (sinceMs - leftMs) / (reachedMs - leftMs));
  return {
    ...between(from, to, share),
    ...common,
    speedKph: (distanceM(from, to) / (reachedMs - leftMs)) * 3600,
    headingDeg: bearingDeg(from, to),
  };
}

function firstOf(leg: Leg): Place {
  const [first] = leg.line;
  if (first === undefined) throw new RangeError('a leg without places');
  return first;
}

function lastHeading(leg: Leg): number {
  const [from, to] = leg.line.slice(-2);
  return from === undefined || to === undefined ? 0 : bearingDeg(from, to);
}
