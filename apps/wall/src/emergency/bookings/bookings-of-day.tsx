import { BookingChanged, LONGEST_TRIP_MS, ListBookings, type UnitChanged } from '@siaga/contracts';
import { useMemo } from 'react';
import { call } from '../../city/api.ts';
import { useLatest } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { BookingRow } from './booking-row.tsx';
import { cancelledOf, dayRows, type ListedBooking } from './day-rows.ts';

interface Day {
  fromMs: number;
  toMs: number;
}

/** What is picked up on a day, and what may still be on its way from the day before; page by page, to the last. */
const askOf =
  ({ fromMs, toMs }: Day & { because: unknown }) =>
  async (signal: AbortSignal): Promise<readonly ListedBooking[]> => {
    const all: ListedBooking[] = [];
    const query = { fromMs: fromMs - LONGEST_TRIP_MS, toMs, limit: 500 };
    for (let after: string | undefined; ;) {
      const page = await call(ListBookings, { query: { ...query, ...(after !== undefined && { after }) } }, { signal });
      all.push(...page.items);
      after = page.next;
      if (after === undefined) return all;
    }
  };

/** Bookings of one city day by unit; asked anew when any booking changes. */
export function BookingsOfDay({ fromMs, toMs }: Day) {
  const { text, format } = useSpeech();
  const { units } = useBoard();
  const because = useLatest(BookingChanged);
  const { answer, failure } = useAsked(useMemo(() => askOf({ fromMs, toMs, because }), [fromMs, toMs, because]));
  const rows = dayRows(answer ?? [], fromMs, (unitId) => nameOf(units, unitId));
  const cancelled = cancelledOf(answer ?? [], fromMs);
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {answer !== undefined && rows.length === 0 && <p className="third">{text.bookings.none}</p>}
      {rows.map(({ unitId, name, bookings }) => (
        <section key={unitId}>
          <h4>{name}</h4>
          <ul className="unit-rows" aria-label={name}>
            {bookings.map((booking) => (
              <BookingRow key={booking.bookingId} booking={booking} />
            ))}
          </ul>
        </section>
      ))}
      {cancelled.length > 0 && (
        <details>
          <summary>{text.bookings.cancelled(format.number(cancelled.length))}</summary>
          <ul className="unit-rows" aria-label={text.bookings.statuses.cancelled}>
            {cancelled.map((booking) => (
              <BookingRow key={booking.bookingId} booking={booking} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const nameOf = (units: readonly UnitChanged[], unitId: string): string =>
  units.find((unit) => unit.unitId === unitId)?.name ?? unitId;
