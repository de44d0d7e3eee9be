import type { EmergencyScene } from '@siaga/contracts';
import { places } from '@siaga/geo';
import { DAY_MS, dayStartMs, HOUR_MS, MINUTE_MS } from '../city-time.ts';
import { randomOf, within, type Random } from '../random.ts';
import { happening, junk, near, type Story } from './stories.ts';

/** A call that comes at a time. */
export interface SimulatedCall {
  /** As the exchange names it; the same for the same seed. */
  readonly exchangeId: string;
  readonly atMs: number;
  /** Absent: the number is hidden. */
  readonly number?: string;
  readonly story: Story;
}

/** Of 30 to 60 calls a day about five are real. */
const CALLS_A_DAY = 45;
const REAL_SHARE = 0.11;
/** Nobody who just started the city is rung at before he has looked around. */
export const QUIET_AT_FIRST_MS = 6 * MINUTE_MS;

/** A usual day's calls, city time, first one first: more by day than by night. The same seed makes the same day. */
export function callsOfDay(atMs: number, seed: string): SimulatedCall[] {
  const midnightMs = dayStartMs(atMs);
  return Array.from({ length: CALLS_A_DAY }, (_, index): SimulatedCall => {
    const random = randomOf(seed, 'call', midnightMs, index);
    // the mean of two draws: the middle of the day is busiest
    const hours = ((random() + random()) / 2) * 24;
    return {
      exchangeId: `SIM-${String(midnightMs / HOUR_MS)}-${String(index)}`,
      atMs: midnightMs + Math.floor(hours * HOUR_MS),
      ...caller(random),
      story: random() < REAL_SHARE ? happening(random) : junk(random),
    };
  }).sort((one, other) => one.atMs - other.atMs);
}

/** Calls between two times, the first one out. */
export function callsBetween(fromMs: number, untilMs: number, seed: string): SimulatedCall[] {
  const calls: SimulatedCall[] = [];
  for (let dayMs = dayStartMs(fromMs); dayMs <= untilMs; dayMs += DAY_MS) calls.push(...callsOfDay(dayMs, seed));
  return calls.filter(({ atMs }) => atMs > fromMs && atMs <= untilMs);
}

/** Calls of a scene that begins then. */
export function callsOfScene(scene: EmergencyScene, startMs: number, seed: string): SimulatedCall[] {
  const random = randomOf(seed, scene, startMs);
  const call = (index: number, seconds: number, story: Story, said = caller(random)): SimulatedCall => ({
    exchangeId: `SIM-${scene}-${String(startMs)}-${String(index)}`,
    ...{ atMs: startMs + Math.floor(seconds * 1000), ...said, story },
  });
  switch (scene) {
    case 'mass-casualty':
      return Array.from({ length: 12 }, (_, index) =>
        call(index, 5 + index * 11 + within(random, 0, 10), crash(random)),
      );
    case 'junk-calls':
      // four numbers, again and again: a block is worth a press
      return Array.from({ length: 20 }, (_, index) => call(index, 5 + index * 14, junk(random), { number: `00002000${String(index % 4)}` })); // prettier-ignore
    case 'silent-crew':
    case 'bad-network':
      return [call(0, 5, { ...crash(random), victims: 2 })];
  }
}

/** A bus at the terminal, as many see it who are not sure of much. */
function crash(random: Random): Extract<Story, { isJunk: false }> {
  const terminal = places().find(({ id }) => id === 'terminal-bayuangga') ?? { lat: -7.765687, lng: 113.175531 };
  const victims = 10 + Math.floor(random() * 8);
  return {
    ...{ isJunk: false, kind: 'traffic-accident', ends: 'transported', victims },
    words: `Bus menabrak di terminal, korban sekitar ${String(victims)} orang (simulasi)`,
    place: { ...near(terminal, random, 60), uncertaintyM: 100, source: 'gazetteer', words: 'Terminal Bayuangga' },
  };
}

/** 0000 is no prefix of any network; one in eight hides his number. */
const caller = (random: Random): Pick<SimulatedCall, 'number'> =>
  random() < 0.125 ? {} : { number: `00003${String(Math.floor(within(random, 10_000, 99_999)))}` };
