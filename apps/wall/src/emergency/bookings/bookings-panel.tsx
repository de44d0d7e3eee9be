import {
  AskBooking,
  BookingChanged,
  ListBookings,
  beginOfDay,
  dayAfter,
  dayAt,
  type UnitChanged,
} from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { useLatest, useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { Panel } from '../../room/panel.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { BookingRow } from './booking-row.tsx';
import { dayRows, waitingFirst } from './day-rows.ts';
import { NewBooking } from './new-booking.tsx';

/** Bookings of one city day; asked anew when any booking changes while the day is in sight. */
const askOf =
  ({ fromMs, toMs }: { fromMs: number; toMs: number; because: unknown }) =>
  (signal: AbortSignal) =>
    call(ListBookings, { query: { fromMs, toMs, limit: 500 } }, { signal });

/** The calendar of ambulances, a day at a time: first what waits for a unit, whatever its day, then unit by unit. */
export default function BookingsPanel() {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const { timezone } = useCity().city;
  const { units } = useBoard();
  const may = useMay();
  const today = dayAt(useNow(), timezone);
  const [chosen, setChosen] = useState<string>();
  const day = chosen ?? today;
  const fromMs = beginOfDay(day, timezone);
  const toMs = beginOfDay(dayAfter(day, 1), timezone);
  const because = useLatest(BookingChanged);
  const { answer, failure } = useAsked(useMemo(() => askOf({ fromMs, toMs, because }), [fromMs, toMs, because]));
  const waiting = waitingFirst([...because.values()].map(({ data }) => data));
  const rows = dayRows(answer?.items ?? [], (unitId) => nameOf(units, unitId));
  const named = `${format.weekday(fromMs)} ${format.date(fromMs)}`;
  return (
    <Panel title={words.title}>
      {waiting.length > 0 && (
        <section>
          <h3 data-tone="attention">{words.waiting(format.number(waiting.length))}</h3>
          <ul className="unit-rows" aria-label={words.noUnit}>
            {waiting.map((booking) => (
              <BookingRow key={booking.bookingId} booking={booking} />
            ))}
          </ul>
        </section>
      )}
      <nav className="assignment-steps" aria-label={named}>
        <button
          type="button"
          onClick={() => {
            setChosen(dayAfter(day, -1));
          }}
        >
          {words.dayBefore}
        </button>
        <button
          type="button"
          aria-pressed={day === today}
          onClick={() => {
            setChosen(undefined);
          }}
        >
          {words.today}
        </button>
        <button
          type="button"
          onClick={() => {
            setChosen(dayAfter(day, 1));
          }}
        >
          {words.dayAfter}
        </button>
      </nav>
      <h3>{words.list(named)}</h3>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {answer !== undefined && rows.length === 0 && <p className="third">{words.none}</p>}
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
      {may(AskBooking) && <NewBooking key={day} day={day} />}
    </Panel>
  );
}

const nameOf = (units: readonly UnitChanged[], unitId: string): string =>
  units.find((unit) => unit.unitId === unitId)?.name ?? unitId;
