import { FixRecorded, GetTrack, TruckMoved } from '@siaga/contracts';
import { useEffect, useState } from 'react';
import { call } from '../../city/api.ts';
import { useCityNow, useEvery, useLatest, useLink } from '../../link/use-live.ts';
import { trackPoints } from './track.ts';
import { Trails } from './trails.ts';

/** How far back the line behind a truck reaches. */
const trailMs = 10 * 60_000;

/** Trails as reports arrive; what was before the screen opened, or was missed for too long, is fetched. */
export function useTrails(): Trails {
  const [trails] = useState(() => new Trails(trailMs));
  const positions = useLatest(TruckMoved);
  const { missed } = useLink();
  const cityNow = useCityNow();

  useEvery(FixRecorded, (fix) => {
    trails.add(fix.truckId, fix);
  });
  useEffect(() => {
    for (const { data } of positions.values()) trails.add(data.truckId, data);
  }, [positions, trails]);

  const known = positions.size > 0;
  const unfilled = missed?.filled === false ? missed : null;
  useEffect(() => {
    if (!known) return undefined;
    const ending = new AbortController();
    void fetchTrails(trails, cityNow(), ending.signal);
    return () => {
      ending.abort();
    };
  }, [known, unfilled, trails, cityNow]);
  return trails;
}

/** More trails than this are a carpet, and as many requests; a larger fleet gets its trails as it moves. */
const mostFetched = 100;

/** One truck after the other: a screen that opens shall not be a burst at the door. A trail not to be had stays short. */
async function fetchTrails(trails: Trails, nowMs: number, signal: AbortSignal): Promise<void> {
  const query = { from: nowMs - trailMs, to: nowMs + 1000 };
  for (const truckId of [...trails.truckIds()].slice(0, mostFetched)) {
    const track = await call(GetTrack, { params: { truckId }, query }, { signal }).catch(() => null);
    if (signal.aborted || track === null) return;
    for (const point of trackPoints(track)) trails.add(truckId, point);
  }
}
