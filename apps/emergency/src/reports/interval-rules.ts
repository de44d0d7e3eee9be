import type { IncidentTimes, IntervalSummary, ResponseInterval } from '@siaga/contracts';

/** Two stamps of one interval, as far as they are known, epoch ms. */
export interface Ends {
  fromMs: number | undefined;
  toMs: number | undefined;
}

/** Stamps of an incident, and of its callers what it does not keep itself. */
export interface Stamps extends IncidentTimes {
  /** The first call about it; of one that nobody called about, when it was opened. */
  begunAtMs?: number | undefined;
  /** When it first rang, by a telephone system. */
  ringsAtMs?: number | undefined;
}

const endsOf: Readonly<Record<ResponseInterval, readonly [keyof Stamps, keyof Stamps]>> = {
  response: ['begunAtMs', 'onSceneAtMs'],
  answer: ['ringsAtMs', 'answeredAtMs'],
  dispatch: ['answeredAtMs', 'dispatchedAtMs'],
  accept: ['dispatchedAtMs', 'acceptedAtMs'],
  'turn-out': ['acceptedAtMs', 'enRouteAtMs'],
  travel: ['enRouteAtMs', 'onSceneAtMs'],
  'to-hospital': ['onSceneAtMs', 'atHospitalAtMs'],
  'hand-over': ['atHospitalAtMs', 'handedOverAtMs'],
};

/** The ends of one interval in the stamps of an incident. */
export function endsIn(stamps: Stamps, interval: ResponseInterval): Ends {
  const [from, to] = endsOf[interval];
  return { fromMs: stamps[from], toMs: stamps[to] };
}

/** How long it took, ms: `undefined` where an end has no stamp, `contradicting` where the later end is stamped earlier. */
export function measured({ fromMs, toMs }: Ends): number | 'contradicting' | undefined {
  if (fromMs === undefined || toMs === undefined) return undefined;
  return toMs < fromMs ? 'contradicting' : toMs - fromMs;
}

/** By nearest rank: the least value that `percent` of all are not above. Values in ascending order. */
export function percentile(ascending: readonly number[], percent: number): number | undefined {
  return ascending[Math.max(0, Math.ceil((percent / 100) * ascending.length) - 1)];
}

/** Of intervals that must have happened, or did. */
export function summaryOf(all: readonly Ends[]): IntervalSummary {
  const values = all.map(measured);
  const ascending = values.filter((value) => typeof value === 'number').sort((one, other) => one - other);
  const [p50Ms, p90Ms] = [percentile(ascending, 50), percentile(ascending, 90)];
  return {
    measured: ascending.length,
    notRecorded: values.filter((value) => value === undefined).length,
    contradicting: values.filter((value) => value === 'contradicting').length,
    ...(p50Ms === undefined ? {} : { p50Ms }),
    ...(p90Ms === undefined ? {} : { p90Ms }),
  };
}
