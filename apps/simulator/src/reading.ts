import type { Place } from '@siaga/contracts';
import { AHEAD_MS, batteryPercentOf, BEHIND_MS, troublesOf } from './faults.ts';
import type { SimulatedTruck } from './fleet.ts';
import { randomOf, within } from './random.ts';
import type { CityModel, Whereabouts } from './whereabouts.ts';

/** What a device measured, in our units; each dialect says it in its own. */
export interface Reading extends Place {
  /** By the device's clock, whole seconds in ms. */
  readonly atMs: number;
  readonly speedKph: number;
  readonly headingDeg: number;
  readonly altitudeM: number;
  readonly accuracyM: number;
  readonly batteryPercent: number;
  readonly ignition: boolean;
}

/** A reading, and whether the network reaches the device at that moment. */
export interface Measured {
  readonly reading: Reading;
  readonly online: boolean;
}

/** A parked device reports once a minute. */
const PARKED_EVERY_MS = 60_000;

/**
 * What a truck's device measures at a city time; undefined while its battery is dead. `live` is whether city time is the
 * real time: only then can a clock be ahead of it.
 */
export function measure(
  model: CityModel,
  truck: SimulatedTruck,
  { atMs, live }: { atMs: number; live: boolean },
): Measured | undefined {
  const where = model.positionAt(truck, atMs);
  const batteryPercent = batteryPercentOf(truck, where, atMs);
  if (batteryPercent === 0) return undefined;
  const troubles = where.shift === undefined ? [] : troublesOf(truck, where.shift, model.seed);
  const now = troubles.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs).map(({ what }) => what);
  const random = randomOf(model.seed, 'gps', truck.truckId, atMs);
  const scatterM = where.speedKph === 0 ? 1.5 : 4;
  const reading = {
    atMs: atMs - clockErrorMs(truck, live && now.includes('clock-ahead')),
    lat: round(where.lat + (within(random, -1, 1) * scatterM) / METRES_PER_DEGREE, 6),
    lng: round(where.lng + (within(random, -1, 1) * scatterM) / METRES_PER_DEGREE, 6),
    speedKph: round(where.speedKph, 1),
    headingDeg: Math.floor(where.headingDeg),
    altitudeM: Math.round(within(random, 4, 14)),
    accuracyM: Math.round(within(random, 3, 9)),
    batteryPercent,
    ignition: where.doing !== 'parked' && where.doing !== 'rest',
  };
  return { reading, online: !now.includes('no-signal') };
}

/** The next city time at which a device measures: on its own beat while moving, once a minute while standing. */
export function nextMeasureMs(truck: SimulatedTruck, where: Whereabouts, atMs: number): number {
  const moving = { everyMs: truck.fixEveryS * 1000, phaseMs: truck.phaseS * 1000 };
  if (where.doing === 'drive') return beatAfter(atMs, moving);
  return Math.min(
    beatAfter(Math.max(atMs, where.untilMs - 1), moving),
    beatAfter(atMs, { everyMs: PARKED_EVERY_MS, phaseMs: moving.phaseMs }),
  );
}

/** The first beat later than an instant. */
function beatAfter(atMs: number, { everyMs, phaseMs }: { everyMs: number; phaseMs: number }): number {
  return (Math.floor((atMs - phaseMs) / everyMs) + 1) * everyMs + phaseMs;
}

const METRES_PER_DEGREE = 111_195;

/** Milliseconds to take off the true time. */
function clockErrorMs(truck: SimulatedTruck, ahead: boolean): number {
  if (ahead) return -AHEAD_MS;
  return truck.weakness === 'slow-clock' ? BEHIND_MS : 0;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
