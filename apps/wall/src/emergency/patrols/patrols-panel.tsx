import { GetPatrolDay, PatrolChanged, type AnswerOf } from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { useLatest, useLink, useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { cityDay } from '../../text/format.ts';
import { useSpeech } from '../../text/speech.tsx';
import { INCIDENT } from '../kinds.ts';
import { PatrolCounts } from './patrol-counts.tsx';
import { PatrolPhotos } from './patrol-photos.tsx';
import './patrols.css';

type Round = AnswerOf<typeof GetPatrolDay>['items'][number];
/** What time changes, *belum* to *terlewat*, is asked for at this pace, ms. */
const ASK_EVERY_MS = 60_000;

/** Today's rounds by squad: where they were, what is left, what was missed. For who plans them; nothing here sounds. */
export default function PatrolsPanel() {
  const { text, format } = useSpeech();
  const words = text.patrol;
  const nowMs = useNow();
  const { timezone } = useCity().city;
  const day = cityDay(nowMs, timezone);
  const patrols = useLatest(PatrolChanged);
  const isLinked = useLink().state === 'live';
  const changes = [...patrols.values()].reduce((sum, { data }) => sum + data.version, 0);
  const because = `${String(changes)} ${String(isLinked)} ${String(Math.floor(nowMs / ASK_EVERY_MS))}`;
  const { answer, failure } = useAsked(useMemo(() => askOf({ day, because }), [day, because]));
  const today = [...patrols.values()].filter(({ data }) => data.day === day);
  return (
    <Panel title={words.title}>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer === undefined && failure === undefined && <p>{text.loading}</p>}
      {answer !== undefined && (
        <>
          <p className="second">{words.askedAt(format.timeWithSeconds(answer.askedAtMs))}</p>
          {answer.items.length === 0 && <p>{words.nothingPlanned}</p>}
          {answer.items.map((round) => (
            <RoundOfToday
              key={`${round.routeId} ${String(round.round)}`}
              round={round}
              found={today.filter(({ data }) => data.routeId === round.routeId && data.round === round.round)}
            />
          ))}
          {answer.items.length > 0 && <p className="third">{words.approximateNote}</p>}
        </>
      )}
      <PatrolCounts day={day} />
    </Panel>
  );
}

const askOf =
  ({ day }: { day: string; because: string }) =>
  (signal: AbortSignal) =>
    call(GetPatrolDay, { params: { day } }, { signal });

interface RoundProps {
  round: Round;
  found: readonly { data: PatrolChanged; exercise: boolean }[];
}

function RoundOfToday({ round, found }: RoundProps) {
  const { text, format } = useSpeech();
  const words = text.patrol;
  const { show } = useFocus();
  const [seen, setSeen] = useState(false);
  const taken = found.filter(({ data }) => data.photos > 0);
  const photos = taken.reduce((sum, { data }) => sum + data.photos, 0);
  const findings = found.flatMap(({ data, exercise }) => data.findings.map((one) => ({ ...one, exercise })));
  return (
    <section className="patrol-round">
      <h3>
        {words.round(format.number(round.round), round.routeName)} · {format.time(round.fromMs)}–
        {format.time(round.toMs)}
      </h3>
      <ul aria-label={words.visits}>
        {round.visits.map(({ placeId, name, state, atMs, byHand, unitName }) => (
          <li key={placeId} data-state={state}>
            <span>{name}</span>
            <strong>
              {[words.states[state], atMs !== undefined && format.time(atMs), unitName, byHand && words.byHand]
                .filter(Boolean)
                .join(' · ')}
            </strong>
          </li>
        ))}
      </ul>
      <p className="second">
        {found.length === 0
          ? words.nobody
          : found
              .map(({ data, exercise }) =>
                [data.unitName, words.statuses[data.status], exercise && text.simulationTag]
                  .filter(Boolean)
                  .join(' · '),
              )
              .join('; ')}
      </p>
      {findings.length > 0 && (
        <ul className="patrol-findings" aria-label={words.findings}>
          {findings.map(({ findingId, kind, atMs, incidentId, exercise }) => (
            <li key={findingId}>
              {exercise && <em className="tag">{text.simulationTag}</em>}
              {text.emergency.kinds[kind]} · {format.time(atMs)}
              {incidentId !== undefined && (
                <button
                  type="button"
                  className="quiet"
                  onClick={() => {
                    show(INCIDENT, incidentId);
                  }}
                >
                  {text.emergency.toIncident}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {photos > 0 && !seen && (
        <button
          type="button"
          onClick={() => {
            setSeen(true);
          }}
        >
          {words.showPhotos(format.number(photos))}
        </button>
      )}
      {seen &&
        taken.map(({ data }) => <PatrolPhotos key={data.patrolId} patrolId={data.patrolId} photos={data.photos} />)}
    </section>
  );
}
