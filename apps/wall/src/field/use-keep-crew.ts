import { IncidentChanged, openAssignment, type UnitChanged } from '@siaga/contracts';
import { useEffect, useEffectEvent } from 'react';
import { useCity } from '../city/city-context.tsx';
import { useCityNow, useLatest, useLink } from '../link/use-live.ts';
import { useMe } from '../session/session-context.tsx';
import { session } from '../session/session.ts';
import { keepCrew } from './kept-crew.ts';
import { knownJob } from './known-job.ts';
import type { Queue } from './use-queue.ts';

/** What is kept says when it was true, to so many ms: the flash memory of a phone is not written every second. */
const HEARD_EVERY_MS = 15_000;

/** Keeps the own open job on this phone for as long as the city says it; with the job, it is gone. */
export function useKeepCrew(unit: UnitChanged | undefined, { statusOf }: Queue): void {
  const { timezone } = useCity().city;
  const { principalId } = useMe();
  const { state, lastFrameAt } = useLink();
  const cityNow = useCityNow();
  const assignment = unit && openAssignment(unit);
  const incident = useLatest(IncidentChanged).get(assignment?.incidentId ?? '');
  const known = unit && assignment && knownJob({ unitId: unit.unitId, assignment, incident });
  const job = known && { ...known, status: statusOf(known) };
  const unitName = unit?.name;
  const said = JSON.stringify([unitName, job]);
  const heard = state === 'live' && lastFrameAt !== undefined ? Math.floor(lastFrameAt / HEARD_EVERY_MS) : undefined;
  const keep = useEffectEvent(() => {
    // who has just signed out leaves nothing behind
    if (lastFrameAt === undefined || session.get().at !== 'in') return;
    const times = { timezone, heardAtMs: lastFrameAt, clockAheadMs: Date.now() - cityNow() };
    keepCrew(localStorage, { principalId, ...times, ...(unitName && { unitName }), ...(job && { job }) });
  });
  useEffect(() => {
    if (heard !== undefined) keep();
  }, [said, heard]);
}
