import { GetTriageCard, type IncidentLogged, type TriageCard } from '@siaga/contracts';
import { useCallback } from 'react';
import { Who } from '../../alarms/who.tsx';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { PrivateText } from '../../session/reveal/private-text.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { seenLate } from './seen-late.ts';

/** As many of the last lines as one reads at a glance. */
const lastShown = 15;

/** Everything that happened to an incident, its calls and its units, oldest first. */
export function IncidentTimeline({ lines }: { lines: readonly IncidentLogged[] }) {
  const { text, format } = useSpeech();
  const before = lines.slice(0, -lastShown);
  const { answer: card } = useAsked(useCallback((signal: AbortSignal) => call(GetTriageCard, {}, { signal }), []));
  return (
    <section className="incident-part">
      <h3>{text.emergency.timeline}</h3>
      {before.length > 0 && (
        <details>
          <summary>{text.alarms.more(format.number(before.length))}</summary>
          <Lines lines={before} card={card} />
        </details>
      )}
      <Lines lines={lines.slice(-lastShown)} card={card} />
    </section>
  );
}

function Lines({ lines, card }: { lines: readonly IncidentLogged[]; card: TriageCard | undefined }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { unit } = useBoard();
  const seenThen = (line: IncidentLogged) => {
    const seenAtMs = seenLate(line, line.atMs);
    return seenAtMs !== undefined && text.patrol.seenThen(format.moment(seenAtMs, line.atMs), format.time(line.atMs));
  };
  return (
    <ol className="timeline">
      {lines.map((line) => (
        <li key={line.entryId} data-step={line.step}>
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
              seenThen(line),
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
      ))}
    </ol>
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
