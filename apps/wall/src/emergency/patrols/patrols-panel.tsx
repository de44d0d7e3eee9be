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
/** A round that was begun longer ago and never ended was forgotten, ms. */
const STILL_WALKED_MS = 12 * 3_600_000;
/** One that ended is told of until the next squad goes out, ms. */
const STILL_TOLD_MS = 3 * 3_600_000;

/** Today's rounds by squad: where they were, what is left, what was missed. For who plans them; nothing here sounds. */
export default function PatrolsPanel() {
  const words = useSpeech().text.patrol;
  const nowMs = useNow();
  const { timezone } = useCity().city;
  const day = cityDay(nowMs, timezone);
  const patrols = [...useLatest(PatrolChanged).values()];
  // in the small hours a squad still walks yesterday's last round, or has just come back from it
  const walked = patrols.filter(({ data: { day: other, startedAtMs, endedAtMs } }) => {
    const sinceMs = nowMs - (endedAtMs ?? startedAtMs);
    return other !== day && sinceMs < (endedAtMs === undefined ? STILL_WALKED_MS : STILL_TOLD_MS);
  });
  const before = [...new Set(walked.map(({ data }) => data.day))].toSorted();
  return (
    <Panel title={words.title}>
      {before.map((other) => (
        <RoundsOfDay key={other} day={other} patrols={patrols} only="walked" />
      ))}
      <RoundsOfDay key={day} day={day} patrols={patrols} only="planned" />
      <PatrolCounts day={day} />
    </Panel>
  );
}

type Patrols = readonly { data: PatrolChanged; exercise: boolean }[];

/** `only`: all that are planned, or those that somebody walks. */
function RoundsOfDay({ day, patrols, only }: { day: string; patrols: Patrols; only: 'planned' | 'walked' }) {
  const { text, format } = useSpeech();
  const words = text.patrol;
  const isLinked = useLink().state === 'live';
  const changes = patrols.reduce((sum, { data }) => sum + data.version, 0);
  const because = `${String(changes)} ${String(isLinked)} ${String(Math.floor(useNow() / ASK_EVERY_MS))}`;
  const { answer, failure } = useAsked(useMemo(() => askOf({ day, because }), [day, because]));
  const ofRound = ({ routeId, round }: Round) =>
    patrols.filter(({ data }) => data.day === day && data.routeId === routeId && data.round === round);
  const rounds = answer?.items.filter((round) => only === 'planned' || ofRound(round).length > 0);
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer === undefined && failure === undefined && <p>{text.loading}</p>}
      {answer !== undefined && <p className="second">{words.askedAt(format.timeWithSeconds(answer.askedAtMs))}</p>}
      {rounds?.length === 0 && <p>{words.nothingPlanned}</p>}
      {rounds?.map((round) => (
        <RoundOfDay key={`${round.routeId} ${String(round.round)}`} round={round} found={ofRound(round)} />
      ))}
      {rounds !== undefined && rounds.length > 0 && only === 'planned' && (
        <p className="third">{words.approximateNote}</p>
      )}
    </>
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

function RoundOfDay({ round, found }: RoundProps) {
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
