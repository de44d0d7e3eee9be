import type { Place } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { HOUR_MS, MINUTE_MS } from './city-time.ts';
import type { Shift, SimulatedTruck } from './fleet.ts';
import { randomOf, within, type Random } from './random.ts';
import { route } from './route.ts';
import { placeOf } from './streets.ts';

/** What a truck does for a while: drives, collects at a TPS, queues and tips at the TPA, rests. */
export type Doing = 'drive' | 'collect' | 'tip' | 'rest';

/** One piece of a shift. While driving, `line[i]` is reached `reachedMs[i]` after `fromMs`; standing, both hold one. */
export interface Leg {
  readonly doing: Doing;
  readonly fromMs: number;
  readonly toMs: number;
  readonly line: readonly Place[];
  readonly reachedMs: readonly number[];
}

const GARAGE = 'garasi-dlh';
const LANDFILL = 'tpa-bestari';

/** km/h on a free way, by kind; what the law and the load allow in town. */
const cruiseKph = { compactor: 34, dump: 37, armroll: 35, pickup: 39, tossa: 24 } as const;
/** Stops before the truck is full. */
const stopsPerTrip = { compactor: 10, dump: 8, armroll: 2, pickup: 8, tossa: 4 } as const;

/** The last trip to the landfill starts this long before the shift ends. */
const HEAD_HOME_MS = 40 * MINUTE_MS;

/** A shift from leaving the garage to being back, leg after leg without gap. The same seed plans the same day. */
export function planShift(
  truck: SimulatedTruck,
  { shift, dayMs, seed }: { shift: Shift; dayMs: number; seed: string },
): readonly Leg[] {
  const random = randomOf(seed, 'plan', truck.truckId, dayMs, shift.fromHour);
  const endMs = dayMs + shift.toHour * HOUR_MS;
  const planned: Leg[] = [];
  let nowMs = Math.round(dayMs + shift.fromHour * HOUR_MS + within(random, 0, 12 * MINUTE_MS));
  let here = GARAGE;
  let stop = Math.floor(random() * truck.beat.length);
  const add = (leg: Leg) => {
    planned.push(leg);
    nowMs = leg.toMs;
  };
  const goTo = (crossing: string) => {
    if (crossing !== here) add(drive(truck, { random, fromMs: nowMs, line: route(here, crossing) }));
    here = crossing;
  };
  const stand = (doing: Doing, least: number, most: number) => {
    // most stops are short ones
    add(standing(doing, nowMs, (least + (most - least) * random() ** 2) * MINUTE_MS, placeOf(here)));
  };

  for (let trip = 1; nowMs < endMs - HEAD_HOME_MS; trip += 1) {
    for (let count = 0; count < stopsPerTrip[truck.kind] && nowMs < endMs - HEAD_HOME_MS; count += 1) {
      goTo(truck.beat[stop % truck.beat.length] ?? LANDFILL);
      stop += 1;
      stand('collect', 6, 15);
    }
    goTo(LANDFILL);
    stand('tip', 8, 22);
    if (trip % 2 === 0 && nowMs < endMs - HEAD_HOME_MS) stand('rest', 10, 20);
  }
  goTo(GARAGE);
  return planned;
}

function standing(doing: Doing, fromMs: number, durationMs: number, place: Place): Leg {
  return { doing, fromMs, toMs: fromMs + Math.round(durationMs), line: [place], reachedMs: [0] };
}

/** Between 15 and 40 km/h: slower near both ends and by chance of traffic, piece by piece of the way. */
function drive(
  truck: SimulatedTruck,
  { random, fromMs, line }: { random: Random; fromMs: number; line: readonly Place[] },
): Leg {
  const reachedMs = [0];
  let clockMs = 0;
  let flow = within(random, 0.75, 1);
  for (let index = 1; index < line.length; index += 1) {
    const [from, to] = [line[index - 1], line[index]];
    if (from === undefined || to === undefined) continue;
    flow = Math.min(1, Math.max(0.5, flow + within(random, -0.12, 0.12)));
    const nearEnd = Math.min(1, 0.5 + 0.2 * Math.min(index - 1, line.length - 1 - index));
    const kph = Math.min(40, Math.max(15, cruiseKph[truck.kind] * flow * nearEnd));
    clockMs += (distanceM(from, to) / kph) * 3600;
    reachedMs.push(clockMs);
  }
  return { doing: 'drive', fromMs, toMs: fromMs + Math.ceil(clockMs), line, reachedMs };
}
