import { Fault } from '@siaga/contracts';
import { Counter } from 'prom-client';
import { metrics } from './metrics.ts';

/** Why somebody was turned away: too many of this sender (429), or too much of everybody (503, `busy`). */
export type Reason = 'device' | 'strangers' | 'address' | 'caller' | 'busy';

/** Which door: `ingest` of devices, `api` of people. */
export type DoorName = 'ingest' | 'api';

/**
 * Requests answered with 429 or 503 before anything of them was done. Each is counted by the one process that turned it
 * away, so that the sum over all processes is true.
 */
const counter = new Counter({
  name: 'siaga_turned_away_total',
  help: 'Requests answered with 429 or 503 before anything of them was done: by door (ingest, api) and reason',
  labelNames: ['door', 'because'],
  registers: [metrics],
});

function countTurnedAway(door: DoorName, because: Reason): void {
  counter.inc({ door, because });
}

/** Who came too often, and when to come again. */
export interface TooOften {
  door: DoorName;
  because: Exclude<Reason, 'busy'>;
  /** Whole seconds. */
  retryAfterS: number;
  /** Who it was, where that is no secret: `alamat 203.0.113.7`. */
  who?: string;
}

/** The one fault for whoever comes too often, counted as turned away. */
export function tooMany({ door, because, retryAfterS, who }: TooOften): Fault {
  countTurnedAway(door, because);
  const inS = String(retryAfterS);
  const message = `terlalu sering, coba lagi dalam ${inS} detik · too often, try again in ${inS} s`;
  return new Fault('too-many', who === undefined ? message : `${who} ${message}`, { retryAfterS });
}

/** The one fault for work that finds no room, whoever's it is, counted as turned away. */
export function tooBusy(door: DoorName): Fault {
  countTurnedAway(door, 'busy');
  return new Fault('unavailable', 'sedang sangat sibuk, coba lagi sebentar · very busy, try again shortly');
}
