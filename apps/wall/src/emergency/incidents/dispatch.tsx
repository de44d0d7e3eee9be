import { DispatchUnit, SuggestUnits, type AnswerOf, type IncidentChanged } from '@siaga/contracts';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress, type Press } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { onIt } from '../board.ts';
import { useBoard } from '../emergency-context.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { AssignmentRow } from './assignment-row.tsx';

type Part = AnswerOf<typeof SuggestUnits>['parts'][number];
type Candidate = Part['candidates'][number];

/** More than that nobody weighs: the board has them all. */
const MOST_SHOWN = 6;

/** Who is on it, and whom the run card would send: nearest first, those that cannot go with the reason. */
export function Dispatch({ incident }: { incident: IncidentChanged }) {
  const { text } = useSpeech();
  const words = text.emergency;
  const may = useMay();
  const assignments = onIt(incident);
  return (
    <section className="incident-part">
      {assignments.length > 0 && (
        <>
          <h3>{words.onIt}</h3>
          <ul className="assignments" aria-label={words.onIt}>
            {assignments.map((assignment) => (
              <AssignmentRow key={assignment.assignmentId} assignment={assignment} />
            ))}
          </ul>
        </>
      )}
      {may(SuggestUnits) && <Suggestion incident={incident} />}
    </section>
  );
}

const askOf =
  ({ incidentId }: { incidentId: string; because: string }) =>
  (signal: AbortSignal) =>
    call(SuggestUnits, { params: { incidentId } }, { signal });

function Suggestion({ incident }: { incident: IncidentChanged }) {
  const { text, language } = useSpeech();
  const words = text.emergency;
  const { units } = useBoard();
  const { incidentId, version } = incident;
  // asked anew when the incident or any unit is another than it was
  const because = `${String(version)} ${units.map((unit) => `${unit.unitId}${String(unit.version)}`).join(' ')}`;
  const { answer, failure } = useAsked(useMemo(() => askOf({ incidentId, because }), [incidentId, because]));
  const press = usePress();
  const sent = new Set(onIt(incident).map(({ unitId }) => unitId));
  const left = (part: Part) => part.candidates.filter(({ unitId }) => !sent.has(unitId));
  const next = answer?.parts.flatMap((part) =>
    left(part)
      .filter(isFree)
      .map((free) => ({ free, part })),
  )[0];
  const send = (unitId: string, part: Part, divertReason?: string) => {
    const skipped = skippedBefore(left(part), unitId);
    press.run(async (client) => {
      const body = { unitId, skipped, ...(divertReason !== undefined && { divertReason }) };
      await client(DispatchUnit, { params: { incidentId }, body });
    });
  };
  useSendKey(next === undefined || press.busy ? undefined : () => send(next.free.unitId, next.part));
  return (
    <>
      <h3>{words.dispatch}</h3>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.parts.length === 0 && <p className="third">{words.suggestionNone}</p>}
      {answer?.parts.map((part, index) => (
        <section key={index} className="suggestion">
          <p className="second">
            {String(part.count)} × {part.why[language]}
          </p>
          {!part.candidates.some(isFree) && <p data-tone="attention">{words.noUnit}</p>}
          <ul aria-label={part.why[language]}>
            {left(part)
              .slice(0, MOST_SHOWN)
              .map((candidate) => (
                <li key={candidate.unitId}>
                  <CandidateRow
                    candidate={candidate}
                    isNext={candidate === next?.free}
                    press={press}
                    onSend={(divertReason) => {
                      send(candidate.unitId, part, divertReason);
                    }}
                  />
                </li>
              ))}
          </ul>
        </section>
      ))}
      {press.failure !== undefined && <p role="alert">{press.failure}</p>}
    </>
  );
}

const isFree = ({ passedOver }: Candidate): boolean => passedOver === undefined;

/** Nearer ones that could not go, and why: that stands in the timeline. */
function skippedBefore(candidates: readonly Candidate[], unitId: string) {
  const at = candidates.findIndex((one) => one.unitId === unitId);
  return candidates
    .slice(0, Math.max(at, 0))
    .flatMap(({ unitId: skipped, passedOver }) =>
      passedOver === undefined ? [] : [{ unitId: skipped, why: passedOver }],
    )
    .slice(0, 20);
}

interface CandidateRowProps {
  candidate: Candidate;
  isNext: boolean;
  press: Press;
  onSend: (divertReason?: string) => void;
}

function CandidateRow({ candidate, isNext, press, onSend }: CandidateRowProps) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { unit: find } = useBoard();
  const { unitId, distanceM, passedOver } = candidate;
  const name = find(unitId)?.name ?? unitId;
  const distance = distanceM === undefined ? undefined : words.straight(format.number(distanceM / 1000, 1));
  if (passedOver === undefined)
    return (
      <button
        type="button"
        className={isNext ? 'strong candidate' : 'candidate'}
        disabled={press.busy}
        onClick={() => {
          onSend();
        }}
      >
        {words.send(name)} {distance !== undefined && <span>{distance}</span>} {isNext && <kbd>{words.sendSure}</kbd>}
      </button>
    );
  return (
    <div className="candidate" data-passed-over={passedOver}>
      <p>
        {name} {distance !== undefined && <span className="second">{distance}</span>} ·{' '}
        <b>{words.passedOver[passedOver]}</b>
      </p>
      {passedOver === 'busy' && (
        <details>
          <summary>{words.divert(name)}</summary>
          <ReasonForm label={words.divertReason} yes={words.divert(name)} busy={press.busy} onReason={onSend} />
        </details>
      )}
    </div>
  );
}

/** Ctrl+Enter sends the first that can go; with the units named on the button, and no bare key ever does. */
function useSendKey(act: (() => void) | undefined): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.repeat || act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      press(event);
    };
    document.addEventListener('keydown', hear);
    return () => {
      document.removeEventListener('keydown', hear);
    };
  }, []);
}
