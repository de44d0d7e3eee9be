import { MASKED, type BookingLine } from '@siaga/contracts';
import { useState } from 'react';
import { Who } from '../../alarms/who.tsx';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { BookingActs } from './booking-acts.tsx';
import type { ListedBooking } from './day-rows.ts';
import { NotSetOff, Trip } from './trip.tsx';

/** One booking: when, for what, who and with which unit; opened, everything about it and what may be done. */
export function BookingRow({ booking }: { booking: ListedBooking }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const nowMs = useNow();
  const { unit } = useBoard();
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
          {booking.exercise === true && <em className="tag">{text.simulationTag}</em>}{' '}
          <strong>
            {format.moment(pickUpAtMs, nowMs)}–{format.moment(expectedReturnAtMs, pickUpAtMs)}
          </strong>{' '}
          {[words.purposes[purpose], patientName, unitId && (unit(unitId)?.name ?? unitId)].filter(Boolean).join(' · ')}
          {' · '}
          {status === 'under-way' ? <Trip trip={booking} /> : words.statuses[status]}
          {status === 'planned' && <NotSetOff booking={booking} />}
        </summary>
        <p className="second">
          {[from, to].filter(Boolean).join(' → ')} {[needs, askedBy, driver, ...numbers].filter(Boolean).join(' · ')}
        </p>
        {isOpen && (
          <>
            <BookingActs booking={booking} />
            <h4>{words.history}</h4>
            <ol className="timeline">
              {booking.history.map((line, at) => (
                <li key={`${bookingId} ${String(at)}`}>
                  <HistoryLine line={line} />
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

function HistoryLine({ line: { step, unitId, by, atMs, channel, reason, because } }: { line: BookingLine }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const nowMs = useNow();
  const { unit } = useBoard();
  return (
    <>
      <time>{format.moment(atMs, nowMs)}</time>
      <p>
        <strong>{words.steps[step]}</strong> {unitId !== undefined && (unit(unitId)?.name ?? unitId)}{' '}
        <span className="second">
          · <Who actor={by} />
          {channel !== undefined && ` ${text.emergency.via} ${text.emergency.channels[channel]}`}
        </span>
        {reason !== undefined && <q>{reason}</q>}
        {because !== undefined && <span className="second"> · {words.causes[because]}</span>}
      </p>
    </>
  );
}

/** An emergency took its ambulance: somebody calls the family now, so it stands open. */
function Family({ booking: { number, reason } }: { booking: ListedBooking }) {
  const words = useSpeech().text.bookings;
  return (
    <p data-tone="attention">
      {reason !== undefined && words.divertedWhy(reason)} {number === undefined && words.familyUnknown}
      {number === MASKED && words.callFamily(number)}
      {number !== undefined && number !== MASKED && (
        <a className="button" href={`tel:${number}`}>
          {words.callFamily(number)}
        </a>
      )}
    </p>
  );
}
