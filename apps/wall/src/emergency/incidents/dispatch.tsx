import {
  DispatchUnit,
  SuggestUnits,
  type AssignmentSummary,
  type Candidate,
  type IncidentChanged,
} from '@siaga/contracts';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { onIt } from '../board.ts';
import { howFar } from '../how-far.ts';
import { Trip } from '../bookings/trip.tsx';
import { answerOf, sentOf } from '../alerts/crew-answer.ts';
import { useBoard } from '../emergency-context.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { Refused } from '../refused.tsx';
import { AssignmentRow } from './assignment-row.tsx';
import { InsteadOf } from './instead-of.tsx';
import { insteadOf, isFree, nextOf, partsLeft, skippedBefore, skippedFor } from './suggestion.ts';

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
              <AssignmentRow key={assignment.assignmentId} assignment={assignment} incident={incident} />
            ))}
          </ul>
        </>
      )}
      {may(SuggestUnits) && <Suggestion key={incident.incidentId} incident={incident} />}
    </section>
  );
}

const askOf =
  ({ incidentId }: { incidentId: string; because: string }) =>
  (signal: AbortSignal) =>
    call(SuggestUnits, { params: { incidentId } }, { signal });

/** A unit that somebody wants to send. */
interface Sending {
  unitId: string;
  /** Undefined: one of the others. */
  among: readonly Candidate[] | undefined;
  divertReason: string | undefined;
  /** Who was silent when that was wanted. */
  silent?: AssignmentSummary;
}

function Suggestion({ incident }: { incident: IncidentChanged }) {
  const { text, language } = useSpeech();
  const words = text.emergency;
  const { units, unit: findUnit } = useBoard();
  const { incidentId, version } = incident;
  // asked anew when the incident or any unit is another than it was
  const because = `${String(version)} ${units.map((unit) => `${unit.unitId}${String(unit.version)}`).join(' ')}`;
  const { answer, failure } = useAsked(useMemo(() => askOf({ incidentId, because }), [incidentId, because]));
  const press = usePress();
  const sent = new Set(onIt(incident).map(({ unitId }) => unitId));
  const parts = partsLeft(answer?.parts ?? [], sent);
  const drawn = new Set(parts.flatMap(({ shown }) => shown.filter(isFree).map(({ unitId }) => unitId)));
  const others = units.filter(
    ({ unitId, availability }) => availability === 'Available' && !sent.has(unitId) && !drawn.has(unitId),
  );
  const nowMs = useNow();
  const answering = (one: AssignmentSummary) => answerOf(sentOf(one, findUnit(one.unitId)), nowMs);
  const late = onIt(incident).find((one) => answering(one) === 'late');
  const silent = late ?? onIt(incident).find((one) => answering(one) === 'silent');
  const instead = late && insteadOf(parts, late.unitId);
  const next = nextOf(parts) ?? instead;
  const [asking, setAsking] = useState<Sending>();
  const rest = useRest();
  const busy = press.busy || rest.isResting;
  const dispatch = ({ unitId, among, divertReason }: Sending, insteadOf?: { assignmentId: string; keep: boolean }) => {
    const skipped = among === undefined ? skippedFor(parts, unitId) : skippedBefore(among, unitId);
    press.run(async (client) => {
      const body = { unitId, skipped, ...(divertReason !== undefined && { divertReason }), ...(insteadOf !== undefined && { insteadOf }) }; // prettier-ignore
      await client(DispatchUnit, { params: { incidentId }, body });
      setAsking(undefined);
      rest.begin();
    });
  };
  const send = (unitId: string, among?: readonly Candidate[], divertReason?: string) => {
    const sending = { unitId, among, divertReason };
    if (silent === undefined) dispatch(sending);
    else setAsking({ ...sending, silent });
  };
  const nextButton = useSendKey();
  return (
    <>
      <h3>{words.dispatch}</h3>
      {asking?.silent !== undefined && (
        <InsteadOf
          silent={asking.silent}
          hasAnswered={asking.silent.assignmentId !== silent?.assignmentId}
          name={findUnit(asking.unitId)?.name ?? asking.unitId}
          busy={busy}
          onSend={(insteadOf) => {
            dispatch(asking, insteadOf);
          }}
          onDrop={() => {
            setAsking(undefined);
          }}
        />
      )}
      {late !== undefined && instead !== undefined && asking === undefined && (
        <p role="status" data-tone="attention">
          {text.crewAlerts.nextInstead(findUnit(instead.unitId)?.name ?? instead.unitId, late.unitName)}
        </p>
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.parts.length === 0 && <p className="third">{words.suggestionNone}</p>}
      {parts.map(({ part, left, shown, isFilled }, index) => (
        <section key={index} className="suggestion">
          <p className="second">
            {String(part.count)} × {part.why[language]}
          </p>
          {!isFilled && !left.some(isFree) && <p data-tone="attention">{words.noUnit}</p>}
          <ul aria-label={part.why[language]}>
            {shown.map((candidate) => (
              <li key={candidate.unitId}>
                <CandidateRow
                  candidate={candidate}
                  nextButton={candidate === next ? nextButton : undefined}
                  busy={busy}
                  onSend={(divertReason) => {
                    send(candidate.unitId, left, divertReason);
                  }}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {parts.some(({ shown }) => shown.some(({ travelS }) => travelS !== undefined)) && (
        <p className="third">{words.byRoadSource}</p>
      )}
      {others.length > 0 && (
        <details>
          <summary>{words.otherUnits}</summary>
          <ul className="other-units" aria-label={words.otherUnits}>
            {others.map(({ unitId, name }) => (
              <li key={unitId}>
                <button
                  type="button"
                  className="candidate"
                  disabled={busy}
                  onClick={() => {
                    send(unitId);
                  }}
                >
                  {words.send(name)}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Refused press={press} />
    </>
  );
}

interface CandidateRowProps {
  candidate: Candidate;
  /** Of the one that Ctrl+Enter sends. */
  nextButton: RefObject<HTMLButtonElement | null> | undefined;
  busy: boolean;
  onSend: (divertReason?: string) => void;
}

function CandidateRow({ candidate, nextButton, busy, onSend }: CandidateRowProps) {
  const speech = useSpeech();
  const { text, format } = speech;
  const words = text.emergency;
  const nowMs = useNow();
  const { unit: find } = useBoard();
  const { unitId, positionAgeMs, passedOver, booking, pickUp } = candidate;
  const isNext = nextButton !== undefined;
  const name = find(unitId)?.name ?? unitId;
  const far = howFar(candidate, speech);
  const distance = far === undefined ? undefined : [far, positionAgeMs !== undefined && words.measured(format.duration(positionAgeMs))].filter(Boolean).join(' · '); // prettier-ignore
  if (passedOver === undefined)
    return (
      <button
        ref={nextButton}
        type="button"
        className={isNext ? 'strong candidate' : 'candidate'}
        disabled={busy}
        onClick={() => {
          onSend();
        }}
      >
        {words.send(name)} {distance !== undefined && <span>{distance}</span>} {isNext && <kbd>{words.sendSure}</kbd>}
        {pickUp !== undefined && (
          <em data-tone="attention">
            {text.bookings.pickUpSoon(text.bookings.purposes[pickUp.purpose], format.moment(pickUp.pickUpAtMs, nowMs))}
          </em>
        )}
      </button>
    );
  return (
    <div className="candidate" data-passed-over={passedOver}>
      <p>
        {name} {distance !== undefined && <span className="second">{distance}</span>} ·{' '}
        <b>{booking === undefined ? words.passedOver[passedOver] : <Trip trip={booking} />}</b>
      </p>
      {(passedOver === 'busy' || passedOver === 'booked') && (
        <details>
          <summary>{words.divert(name)}</summary>
          <ReasonForm label={words.divertReason} yes={words.divert(name)} busy={busy} onReason={onSend} />
        </details>
      )}
    </div>
  );
}

/** Who was sent leaves the list, and the next one stands where he stood: a second click there is none of its own. */
const REST_MS = 2000;

function useRest(): { isResting: boolean; begin: () => void } {
  const [isResting, setResting] = useState(false);
  useEffect(() => {
    if (!isResting) return undefined;
    const timer = setTimeout(() => {
      setResting(false);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isResting]);
  const begin = () => {
    setResting(true);
  };
  return { isResting, begin };
}

/**
 * Ctrl+Enter presses the button of the first that can go: the one that is drawn with its name on it, and none while it is not,
 * or while somebody writes.
 */
function useSendKey(): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !event.ctrlKey || event.repeat || isWriting()) return;
      if (button.current?.checkVisibility() !== true) return;
      event.preventDefault();
      button.current.click();
    };
    document.addEventListener('keydown', hear);
    return () => {
      document.removeEventListener('keydown', hear);
    };
  }, []);
  return button;
}

const isWriting = (): boolean => document.activeElement?.matches('input, textarea, select, [contenteditable]') === true;
