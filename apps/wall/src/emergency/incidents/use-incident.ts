import { GetIncident, IncidentLogged } from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useEvery, useLink } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useBoard } from '../emergency-context.tsx';

const askOf =
  ({ incidentId }: { incidentId: string; because: string }) =>
  (signal: AbortSignal) =>
    call(GetIncident, { params: { incidentId } }, { signal });

/**
 * One incident: how it is now comes by the live stream; what people said and its timeline are asked for when the panel
 * opens, when something happens to it, and when the link is back.
 */
export function useIncident(incidentId: string) {
  const heard = useBoard().incident(incidentId);
  const isLinked = useLink().state === 'live';
  const [lines, setLines] = useState(0);
  useEvery(IncidentLogged, (logged) => {
    if (logged.incidentId === incidentId) setLines((before) => before + 1);
  });
  const because = `${String(lines)} ${String(isLinked)} ${String(heard?.version ?? 0)}`;
  const { answer, failure, again } = useAsked(useMemo(() => askOf({ incidentId, because }), [incidentId, because]));
  return { heard, whole: answer?.incident, timeline: answer?.timeline, failure, again };
}
