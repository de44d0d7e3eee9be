import { beginOfDay, dayAfter, dayAt, type LampProgramme, type LampSwitch, type Place } from '@siaga/contracts';
import { sunOn } from '../sun/sun.ts';

/** Where a programme runs: its sun and its clock. */
export interface Somewhere {
  place: Place;
  timezone: string;
}

/** From `atMs` on lamps give this much. */
export interface Switching {
  atMs: number;
  levelPercent: number;
}

type Switches = Pick<LampProgramme, 'switches'>;

/** Switches of a programme from one moment (inclusive) to another, in order; two of the same moment: the later one counts. */
export function switchesBetween(
  programme: Switches,
  span: { fromMs: number; toMs: number },
  here: Somewhere,
): Switching[] {
  const last = dayAfter(dayAt(span.toMs, here.timezone), 1);
  const all: Switching[] = [];
  for (let day = dayAfter(dayAt(span.fromMs, here.timezone), -1); day <= last; day = dayAfter(day, 1))
    for (const one of programme.switches) {
      const atMs = momentOf(one, day, here);
      if (atMs !== undefined) all.push({ atMs, levelPercent: one.levelPercent });
    }
  return all.filter(({ atMs }) => atMs >= span.fromMs && atMs < span.toMs).sort((a, b) => a.atMs - b.atMs);
}

const DAY_MS = 86_400_000;

/** What lamps under it give at a moment: what it switched to last. Where it never switches, what it names last. */
export function levelAt(programme: Switches, atMs: number, here: Somewhere): number {
  const before = switchesBetween(programme, { fromMs: atMs - 2 * DAY_MS, toMs: atMs + 1 }, here);
  return (before.at(-1) ?? programme.switches.at(-1))?.levelPercent ?? 0;
}

/** When it switches next, to another level than the one it has; undefined when it never does. */
export function nextSwitch(programme: Switches, atMs: number, here: Somewhere): Switching | undefined {
  const now = levelAt(programme, atMs, here);
  const coming = switchesBetween(programme, { fromMs: atMs + 1, toMs: atMs + 2 * DAY_MS }, here);
  return coming.find(({ levelPercent }) => levelPercent !== now);
}

function momentOf({ at }: LampSwitch, day: string, { place, timezone }: Somewhere): number | undefined {
  if ('clock' in at) {
    const [hours = 0, minutes = 0] = at.clock.split(':').map(Number);
    return beginOfDay(day, timezone) + (hours * 60 + minutes) * 60_000;
  }
  const sun = sunOn(day, place);
  if ('dark' in sun) return undefined;
  return (at.sun === 'sunset' ? sun.sunsetMs : sun.sunriseMs) + at.offsetMinutes * 60_000;
}
