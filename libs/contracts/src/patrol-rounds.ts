import { beginOfDay, dayAfter, dayAt } from './city-day.ts';
import { sha256 } from './sha256.ts';

const HOUR_MS = 3_600_000;
/** Letters that are not taken for each other when they are read out. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Hours of a city's day between which a round is walked; beyond 24: on the next day. */
export interface RoundHours {
  fromHour: number;
  toHour: number;
}

/** One round of one day: the how manieth, and its hours in epoch ms. */
export interface PlannedRound {
  /** City date on which it begins. */
  day: string;
  /** From 1. */
  round: number;
  fromMs: number;
  toMs: number;
}

/** The rounds of a city's day, in their order. */
export function roundsOfDay(rounds: readonly RoundHours[], day: string, timezone: string): PlannedRound[] {
  const beginMs = beginOfDay(day, timezone);
  return rounds.map(({ fromHour, toHour }, at) => {
    return { day, round: at + 1, fromMs: beginMs + fromHour * HOUR_MS, toMs: beginMs + toHour * HOUR_MS };
  });
}

/** The round that somebody walks who begins now: the one whose hours these are, or else the nearest; of two the earlier. */
export function roundNear(rounds: readonly RoundHours[], atMs: number, timezone: string): PlannedRound | undefined {
  const today = dayAt(atMs, timezone);
  const near = [dayAfter(today, -1), today, dayAfter(today, 1)].flatMap((day) => roundsOfDay(rounds, day, timezone));
  const farMs = ({ fromMs, toMs }: PlannedRound) => Math.max(fromMs - atMs, atMs - toMs, 0);
  return near.sort((one, other) => farMs(one) - farMs(other) || one.fromMs - other.fromMs)[0];
}

/** One unit in one round of a route: two phones of one squad, and a phone without a signal, call it the same. */
export function patrolIdOf(of: { unitId: string; routeId: string; day: string; round: number }): string {
  const bytes = sha256(new TextEncoder().encode(`${of.unitId}\n${of.routeId}\n${of.day}\n${String(of.round)}`));
  return `PTR-${[...bytes.subarray(0, 8)].map((byte) => LETTERS[byte % LETTERS.length] ?? '').join('')}`;
}
