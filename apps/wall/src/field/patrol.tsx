import { ListPatrolRoutes, PatrolChanged, type PatrolRoute, type UnitChanged } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../city/api.ts';
import { useCity } from '../city/city-context.tsx';
import { useLatest, useNow } from '../link/use-live.ts';
import { useAsked } from '../room/asked.ts';
import { useSpeech } from '../text/speech.tsx';
import type { PatrolQueue } from './patrol-queue.ts';
import { PatrolRound } from './patrol-round.tsx';
import { walkOf } from './patrol-walk.ts';
import { StepButton } from './step-button.tsx';

/** The rounds of a squad whose agency walks some; nothing for an ambulance. */
export function Patrol({ unit, queue }: { unit: UnitChanged; queue: PatrolQueue }) {
  const { text } = useSpeech();
  const ask = useCallback((signal: AbortSignal) => call(ListPatrolRoutes, {}, { signal }), []);
  const { answer, failure, again } = useAsked(ask);
  const routes = answer?.items.filter(({ agency }) => agency === unit.agency) ?? [];
  // an ambulance walks none: that they cannot be read is no news to its driver
  if (failure !== undefined && unit.unitClass === 'ambulance') return null;
  if (failure !== undefined)
    return (
      <>
        <p role="alert">{failure}</p>
        <button type="button" onClick={again}>
          {text.patrol.askAgain}
        </button>
      </>
    );
  if (routes.length === 0 && queue.state.waiting.length === 0) return null;
  return (
    <section className="field-patrol" aria-labelledby="patrol-heading">
      <h2 id="patrol-heading">{text.patrol.title}</h2>
      {routes.map((route) => (
        <Route key={route.routeId} route={route} unit={unit} queue={queue} />
      ))}
    </section>
  );
}

interface RouteProps {
  route: PatrolRoute;
  unit: UnitChanged;
  queue: PatrolQueue;
}

function Route({ route, unit: { unitId }, queue }: RouteProps) {
  const { text, format } = useSpeech();
  const words = text.patrol;
  const { timezone } = useCity().city;
  const nowMs = useNow();
  const patrols = useLatest(PatrolChanged);
  const known = [...patrols.values()].map(({ data }) => data);
  const walk = walkOf({ route, unitId, patrols: known, waiting: queue.state.waiting, nowMs, timezone });
  if (walk === undefined) return null;
  const { patrolId, planned } = walk;
  const { day, round } = planned;
  const hours = `${format.time(planned.fromMs)}–${format.time(planned.toMs)}`;
  return (
    <article className="field-round">
      <p className="field-what">{words.round(format.number(round), route.name)}</p>
      <p className="second">
        {hours} · {words.visited(format.number(walk.visits.size), format.number(route.places.length))}
        {route.hoursAreApproximate && ` · ${words.approximate}`}
      </p>
      {walk.isOver && <p className="field-now">{words.over}</p>}
      {!walk.isBegun && (
        <StepButton
          key={patrolId}
          className="strong field-large"
          onPress={() => {
            queue.press(patrolId, { what: 'start', body: { unitId, routeId: route.routeId, day, round } });
          }}
        >
          {words.start}
        </StepButton>
      )}
      {walk.isBegun && !walk.isOver && <PatrolRound key={patrolId} route={route} walk={walk} queue={queue} />}
    </article>
  );
}
