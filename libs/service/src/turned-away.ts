import { Counter } from 'prom-client';
import { metrics } from './metrics.ts';

/** Why somebody was turned away: too many of this sender (429), or too much of everybody (503, `busy`). */
export type Reason = 'device' | 'strangers' | 'address' | 'caller' | 'busy';

/**
 * Requests answered with 429 or 503 before anything of them was done. Each is counted by the one process that turned it
 * away, so that the sum over all processes is true. `door`: `ingest` of devices, `api` of people.
 */
const counter = new Counter({
  name: 'siaga_turned_away_total',
  help: 'Requests answered with 429 or 503 before anything of them was done: by door (ingest, api) and reason',
  labelNames: ['door', 'because'],
  registers: [metrics],
});

/** Counts one request that was turned away. */
export function countTurnedAway(door: 'ingest' | 'api', because: Reason): void {
  counter.inc({ door, because });
}
