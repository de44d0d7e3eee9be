import { GetTriageCard, type IncidentLogged, type Recording, type TriageCard } from '@siaga/contracts';
import { useCallback } from 'react';
import { Who } from '../../alarms/who.tsx';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { PrivateText } from '../../session/reveal/private-text.tsx';
import { Said, useRecordings } from '../../talk/recordings.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { seenLate } from './seen-late.ts';

/** As many of the last lines as one reads at a glance. */
const lastShown = 15;

/** So much is said over one incident at most; what is beyond it is found by its day. */
const MOST_SAID = 1000;

/** Something that was written down, or that was said on the air of the incident. */
type Moment = { atMs: number } & ({ line: IncidentLogged } | { said: Recording });

/** The same with what was said on its air, each at its time. */
export function IncidentTimelineWithVoice({
  incidentId,
  lines,
}: {
  incidentId: string;
  lines: readonly IncidentLogged[];
}) {
  const { recordings = [], failure } = useRecordings({ groupId: incidentId, limit: MOST_SAID });
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <IncidentTimeline lines={lines} said={recordings} />
    </>
  );
}

const noneSaid: readonly Recording[] = [];

/** Everything that happened to an incident, its calls and its units, oldest first. */
export function IncidentTimeline({
  lines,
  said = noneSaid,
}: {
  lines: readonly IncidentLogged[];
  said?: readonly Recording[];
}) {
  const { text, format } = useSpeech();
  const moments: Moment[] = [
    ...lines.map((line) => ({ atMs: line.atMs, line })),
    ...said.map((recording) => ({ atMs: recording.startedAtMs, said: recording })),
  ].toSorted((one, other) => one.atMs - other.atMs);
  const before = moments.slice(0, -lastShown);
  const { answer: card } = useAsked(useCallback((signal: AbortSignal) => call(GetTriageCard, {}, { signal }), []));
  return (
    <section className="incident-part">
      <h3>{text.emergency.timeline}</h3>
      {before.length > 0 && (
        <details>
          <summary>{text.alarms.more(format.number(before.length))}</summary>
          <Moments moments={before} card={card} />
        </details>
      )}
      <Moments moments={moments.slice(-lastShown)} card={card} />
    </section>
  );
}

function Moments({ moments, card }: { moments: readonly Moment[]; card: TriageCard | undefined }) {
  const { format } = useSpeech();
  return (
    <ol className="timeline">
      {moments.map((moment) =>
        'line' in moment ? (
          <Line key={moment.line.entryId} line={moment.line} card={card} />
        ) : (
          <li key={moment.said.recordingId} data-step="said">
            <time>{format.timeWithSeconds(moment.atMs)}</time>
            <div className="talk-recordings">
              <Said recording={moment.said} />
            </div>
          </li>
        ),
      )}
    </ol>
  );
}

function Line({ line, card }: { line: IncidentLogged; card: TriageCard | undefined }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { unit } = useBoard();
  const seenAtMs = seenLate(line, line.atMs);
  const seenThen =
    seenAtMs !== undefined && text.patrol.seenThen(format.moment(seenAtMs, line.atMs), format.time(line.atMs));
  return (
    <li data-step={line.step}>
      <time>{format.timeWithSeconds(line.atMs)}</time>
      <p>
        <strong>{words.steps[line.step]}</strong>{' '}
        {[
          line.unitId !== undefined && (unit(line.unitId)?.name ?? line.unitId),
          line.hospital,
          line.agency !== undefined && text.session.agencies[line.agency],
          line.partner !== undefined && words.partners[line.partner],
          line.passedOver !== undefined && words.passedOver[line.passedOver],
          line.level !== undefined && `L${String(line.level)}`,
          line.tag !== undefined && words.tags[line.tag],
          seenThen,
        ]
          .filter(Boolean)
          .join(' · ')}
        <span className="second">
          {' '}
          · <Who actor={line.by} />
          {line.onBehalf === true && ` · ${words.onBehalf}`}
          {line.channel !== undefined && ` · ${words.via} ${words.channels[line.channel]}`}
        </span>
        {line.words !== undefined && (
          <q>
            <PrivateText>{line.words}</PrivateText>
          </q>
        )}
        {line.step === 'triaged' && <Answered line={line} card={card} />}
      </p>
    </li>
  );
}

/** What was asked and answered, in the words of the card; that it is hidden, where it is. */
function Answered({ line: { answers, words: said }, card }: { line: IncidentLogged; card: TriageCard | undefined }) {
  const { text, language } = useSpeech();
  const words = text.emergency;
  if (answers === undefined) return said === undefined ? <span className="third"> {words.hidden}</span> : null;
  const askOf = (id: string) => card?.questions.find(({ questionId }) => questionId === id)?.ask[language];
  return Object.entries(answers).map(([questionId, given]) => (
    <span key={questionId} className="second">
      {' '}
      {askOf(questionId)} <b>{words.answers[given]}</b>
    </span>
  ));
}
