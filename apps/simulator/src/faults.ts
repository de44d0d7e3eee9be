import { MINUTE_MS } from './city-time.ts';
import type { SimulatedTruck } from './fleet.ts';
import { randomOf, within } from './random.ts';
import type { Whereabouts } from './whereabouts.ts';

/** A stretch of city time during which something is wrong. */
export interface Trouble {
  readonly what: 'no-signal' | 'clock-ahead';
  readonly fromMs: number;
  readonly toMs: number;
}

/** What becomes of one reading on its way out. */
export type Fate = 'sent' | 'sent-twice' | 'lost';

/** How far the clock of a device with that weakness jumps ahead: past the 300 s the doors allow. */
export const AHEAD_MS = 10 * MINUTE_MS;
/** How far the clock of a device with that weakness is behind, always: nobody notices. */
export const BEHIND_MS = 20_000;
/** A weak battery starts a shift with so much, lasts so long, and is dead until the driver finds a cable. */
const WEAK_START_PERCENT = 38;
const WEAK_LASTS_MIN = 150;
const DEAD_FOR_MIN = 40;
const CHARGING_MIN_PER_PERCENT = 3;

/**
 * Troubles of a truck's device in one shift: two or three dead zones (the phone keeps its fixes and sends them minutes
 * late), and for a jumping clock one spell of some minutes. Never both at once: kept long enough, a fix from the future
 * would no longer be one.
 */
export function troublesOf(
  truck: SimulatedTruck,
  shift: { readonly fromMs: number; readonly toMs: number },
  seed: string,
): readonly Trouble[] {
  const random = randomOf(seed, 'troubles', truck.truckId, shift.fromMs);
  const thirdMs = (shift.toMs - shift.fromMs) / 3;
  const spell = (what: Trouble['what'], third: number, longestMin: number): Trouble => {
    const durationMs = Math.min(thirdMs / 2, within(random, 2, longestMin) * MINUTE_MS);
    const fromMs = Math.floor(shift.fromMs + third * thirdMs + within(random, 0, thirdMs - durationMs));
    return { what, fromMs, toMs: Math.floor(fromMs + durationMs) };
  };
  const jumps = truck.weakness === 'clock-jumps-ahead';
  return [spell('no-signal', 0, 7), spell(jumps ? 'clock-ahead' : 'no-signal', 1, 5), spell('no-signal', 2, 7)];
}

/** One reading in a hundred is lost for good, one in fifty is sent again because its answer was not heard. */
export function fateOf(truck: SimulatedTruck, atMs: number, seed: string): Fate {
  const chance = randomOf(seed, 'fate', truck.truckId, atMs)();
  if (chance < 0.01) return 'lost';
  return chance < 0.03 ? 'sent-twice' : 'sent';
}

/** Percent left in the device; 0 is dead. Most are charged by the truck; off duty all are charged at the garage. */
export function batteryPercentOf(truck: SimulatedTruck, where: Whereabouts, atMs: number): number {
  if (where.shift === undefined) return 100;
  const sinceMin = (atMs - where.shift.fromMs) / MINUTE_MS;
  if (truck.weakness !== 'weak-battery') return Math.max(60, Math.round(100 - sinceMin / 15));
  if (sinceMin < WEAK_LASTS_MIN) return Math.ceil(WEAK_START_PERCENT * (1 - sinceMin / WEAK_LASTS_MIN));
  const chargedMin = sinceMin - WEAK_LASTS_MIN - DEAD_FOR_MIN;
  return chargedMin < 0 ? 0 : Math.min(100, Math.ceil(chargedMin / CHARGING_MIN_PER_PERCENT));
}
