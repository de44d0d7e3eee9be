import { GetIncident, IncidentLogged } from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useEvery, useLink } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useSight } from '../../session/reveal/sight.ts';
import { useBoard } from '../emergency-context.tsx';
import { withHeard } from './with-heard.ts';

/** More than fit between two answers. */
const MOST_HEARD = 50;

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
  const [lines, setLines] = useState<readonly IncidentLogged[]>([]);
  useEvery(IncidentLogged, (logged) => {
    if (logged.incidentId === incidentId) setLines((before) => [...before, logged].slice(-MOST_HEARD));
  });
  const told = lines.filter((line) => line.incidentId === incidentId);
  const sight = useSight();
  const because = `${told.at(-1)?.entryId ?? ''} ${String(isLinked)} ${String(heard?.version ?? 0)} ${sight}`;
  const { answer, failure, again } = useAsked(useMemo(() => askOf({ incidentId, because }), [incidentId, because]));
  const whole = answer?.incident.incidentId === incidentId ? answer : undefined;
  // told masked, and uncovered since: the answer has them as they may be seen now
  const timeline = whole && withHeard(whole.timeline, told);
  return { heard, whole: whole?.incident, timeline, failure, again };
}
