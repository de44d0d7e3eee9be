import {
  BeginBooking,
  CancelBooking,
  EndBooking,
  MoveBooking,
  PlanBooking,
  type BookingChanged,
} from '@siaga/contracts';
import { useState } from 'react';
import { Who } from '../../alarms/who.tsx';
import { useNow } from '../../link/use-live.ts';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { PlanWith } from './plan-with.tsx';
import { Trip } from './trip.tsx';

/** One booking: when, for what, who and with which unit; opened, everything about it and what may be done. */
export function BookingRow({ booking }: { booking: BookingChanged }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const nowMs = useNow();
  const { unit, isExercise } = useBoard();
  const [isOpen, setIsOpen] = useState(false);
  const { bookingId, status, purpose, pickUpAtMs, expectedReturnAtMs, unitId, patientName, driver } = booking;
  const { from, to, needs, askedBy, number } = booking;
  const numbers = number !== undefined && status !== 'diverted' ? [words.callFamily(number)] : [];
  return (
    <li className="unit" data-status={status}>
      <details
        onToggle={({ currentTarget }) => {
          setIsOpen(currentTarget.open);
        }}
      >
        <summary>
          <strong>
            {format.moment(pickUpAtMs, nowMs)}–{format.time(expectedReturnAtMs)}
          </strong>{' '}
          {[words.purposes[purpose], patientName, unitId && (unit(unitId)?.name ?? unitId)].filter(Boolean).join(' · ')}
          {' · '}
          {status === 'under-way' ? <Trip trip={booking} /> : words.statuses[status]}
          {isExercise(unitId ?? '') && ` · ${text.simulationTag}`}
        </summary>
        <p className="second">
          {[from, to].filter(Boolean).join(' → ')} {[needs, askedBy, driver, ...numbers].filter(Boolean).join(' · ')}
        </p>
        {isOpen && (
          <>
            <Acts booking={booking} />
            <h4>{words.history}</h4>
            <ol className="timeline">
              {booking.history.map((line, at) => (
                <li key={`${bookingId} ${String(at)}`}>
                  <time>{format.moment(line.atMs, nowMs)}</time>
                  <p>
                    <strong>{words.steps[line.step]}</strong>{' '}
                    {line.unitId !== undefined && (unit(line.unitId)?.name ?? line.unitId)}{' '}
                    <span className="second">
                      · <Who actor={line.by} />
                    </span>
                    {line.reason !== undefined && <q>{line.reason}</q>}
                  </p>
                </li>
              ))}
            </ol>
          </>
        )}
      </details>
      {status === 'diverted' && <Family booking={booking} />}
    </li>
  );
}

/** An emergency took its ambulance: somebody calls the family now, so it stands open. */
function Family({ booking: { number, reason } }: { booking: BookingChanged }) {
  const words = useSpeech().text.bookings;
  return (
    <p data-tone="attention">
      {reason !== undefined && words.divertedWhy(reason)}{' '}
      {number === undefined ? (
        words.familyUnknown
      ) : (
        <a className="button" href={`tel:${number}`}>
          {words.callFamily(number)}
        </a>
      )}
    </p>
  );
}

/** What may be done with it as it is now. */
function Acts({ booking: { bookingId, status } }: { booking: BookingChanged }) {
  const words = useSpeech().text.bookings;
  const may = useMay();
  const { busy, failure, run } = usePress();
  const params = { bookingId };
  const waits = status === 'requested' || status === 'diverted';
  const isHeld = status === 'planned' || status === 'under-way';
  return (
    <>
      {waits && may(PlanBooking) && <PlanWith bookingId={bookingId} />}
      {isHeld && may(BeginBooking) && (
        <button
          type="button"
          className="strong"
          disabled={busy}
          onClick={() => {
            run(async (send) => {
              await send(status === 'planned' ? BeginBooking : EndBooking, { params, body: { channel: 'telephone' } });
            });
          }}
        >
          {status === 'planned' ? words.begin : words.end}
        </button>
      )}
      {status === 'planned' && may(MoveBooking) && (
        <details>
          <summary>{words.release}</summary>
          <ReasonForm
            label={words.releaseReason}
            yes={words.release}
            busy={busy}
            onReason={(reason) => {
              run(async (send) => {
                await send(MoveBooking, { params, body: { reason, isReleased: true } });
              });
            }}
          />
        </details>
      )}
      {(waits || isHeld) && may(CancelBooking) && (
        <details>
          <summary>{words.cancel}</summary>
          <ReasonForm
            label={words.cancelReason}
            yes={words.cancel}
            busy={busy}
            onReason={(reason) => {
              run(async (send) => {
                await send(CancelBooking, { params, body: { reason } });
              });
            }}
          />
        </details>
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </>
  );
}
