import { BeginBooking, BookingChanged, EndBooking, type UnitChanged } from '@siaga/contracts';
import { useLatest, useNow } from '../link/use-live.ts';
import { usePress } from '../room/press.ts';
import { useSpeech } from '../text/speech.tsx';
import { Trip } from '../emergency/bookings/trip.tsx';

/** So long before a pick-up it is shown large. */
const SOON_MS = 30 * 60_000;

/** What the unit drives next that is no emergency, or drives now: when, whom, from where to where, and one button. */
export function NextBooking({ unit: { bookings = [] } }: { unit: UnitChanged }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const nowMs = useNow();
  const known = useLatest(BookingChanged);
  const { busy, failure, run } = usePress();
  const slot = bookings.find(({ status }) => status === 'under-way') ?? bookings[0];
  if (slot === undefined) return null;
  const { bookingId, purpose, pickUpAtMs, status } = slot;
  const about = known.get(bookingId)?.data;
  const leftMs = pickUpAtMs - nowMs;
  const [what, time] = [words.purposes[purpose], format.moment(pickUpAtMs, nowMs)];
  const isOut = status === 'under-way';
  return (
    <section aria-label={words.title}>
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
      {about !== undefined && (
        <p>
          {[about.patientName, [about.from, about.to].filter(Boolean).join(' → '), about.needs]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {about?.number !== undefined && (
        <a className="button" href={`tel:${about.number}`}>
          {words.callFamily(about.number)}
        </a>
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button
        type="button"
        className={isOut ? 'strong' : undefined}
        disabled={busy}
        onClick={() => {
          run(async (send) => {
            await send(isOut ? EndBooking : BeginBooking, { params: { bookingId }, body: {} });
          });
        }}
      >
        {isOut ? words.end : words.begin}
      </button>
    </section>
  );
}
