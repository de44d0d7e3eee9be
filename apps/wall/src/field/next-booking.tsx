import { BookingChanged, ReadTrip, type BookedSlot, type UnitChanged } from '@siaga/contracts';
import { useMemo } from 'react';
import { call } from '../city/api.ts';
import { Trip } from '../emergency/bookings/trip.tsx';
import { useLatest, useNow } from '../link/use-live.ts';
import { useAsked } from '../room/asked.ts';
import { useSpeech } from '../text/speech.tsx';
import { StepButton } from './step-button.tsx';
import { tripAhead } from './trip-ahead.ts';
import type { Queue } from './use-queue.ts';

/** So long before a pick-up it is shown large. */
const SOON_MS = 30 * 60_000;

interface NextBookingProps {
  unit: UnitChanged;
  queue: Queue;
}

/** What the unit drives next that is no emergency, or drives now: when, whom, from where to where, and one button. */
export function NextBooking({ unit: { bookings = [] }, queue: { state, pressTrip } }: NextBookingProps) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const nowMs = useNow();
  const slot = tripAhead(bookings, state.waiting);
  if (slot === undefined) return null;
  const { bookingId, purpose, pickUpAtMs, status } = slot;
  const leftMs = pickUpAtMs - nowMs;
  const [what, time] = [words.purposes[purpose], format.moment(pickUpAtMs, nowMs)];
  const isOut = status === 'under-way';
  return (
    <section className="field-trip" aria-label={words.title}>
      <p
        className={leftMs <= SOON_MS ? 'field-now' : undefined}
        data-tone={!isOut && leftMs <= SOON_MS ? 'attention' : undefined}
      >
        {isOut ? (
          <Trip trip={slot} />
        ) : leftMs > 0 ? (
          words.nextIn(what, time, format.duration(leftMs))
        ) : (
          words.nextDue(what, time)
        )}
      </p>
      <Whom key={bookingId} slot={slot} />
      <StepButton
        key={`${bookingId} ${status}`}
        className={isOut || leftMs <= SOON_MS ? 'strong field-large' : undefined}
        onPress={() => {
          pressTrip(bookingId, isOut ? 'end' : 'begin');
        }}
      >
        {isOut ? words.end : words.begin}
      </StepButton>
    </section>
  );
}

const askOf =
  ({ bookingId }: { bookingId: string; because: unknown }) =>
  (signal: AbortSignal) =>
    call(ReadTrip, { params: { bookingId } }, { signal });

/** Whom, from where to where; told to the crew that drives it, and asked for again when somebody wrote more. */
function Whom({ slot: { bookingId } }: { slot: BookedSlot }) {
  const words = useSpeech().text.bookings;
  const because = useLatest(BookingChanged).get(bookingId)?.data.version;
  const { answer, failure, again } = useAsked(useMemo(() => askOf({ bookingId, because }), [bookingId, because]));
  if (answer === undefined && failure !== undefined)
    return (
      <p>
        {words.whomUnread}{' '}
        <button type="button" onClick={again}>
          {words.again}
        </button>
      </p>
    );
  const { patientName, from, to, needs, number } = answer ?? {};
  return (
    <>
      <p>{[patientName, [from, to].filter(Boolean).join(' → '), needs].filter(Boolean).join(' · ')}</p>
      {number !== undefined && (
        <a className="button" href={`tel:${number}`}>
          {words.callFamily(number)}
        </a>
      )}
    </>
  );
}
