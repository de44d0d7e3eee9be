import { AskBooking, BookingChanged, beginOfDay, dayAfter, dayAt } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { useLatest, useNow } from '../../link/use-live.ts';
import { Panel } from '../../room/panel.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { BookingRow } from './booking-row.tsx';
import { BookingsOfDay } from './bookings-of-day.tsx';
import { waitingFirst } from './day-rows.ts';
import { NewBooking } from './new-booking.tsx';

/** The calendar of ambulances, a day at a time: first what waits for a unit, whatever its day, then unit by unit. */
export default function BookingsPanel() {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const { timezone } = useCity().city;
  const may = useMay();
  const today = dayAt(useNow(), timezone);
  const [chosen, setChosen] = useState<string>();
  const day = chosen ?? today;
  const fromMs = beginOfDay(day, timezone);
  const toMs = beginOfDay(dayAfter(day, 1), timezone);
  const waiting = waitingFirst(
    [...useLatest(BookingChanged).values()].map(({ data, exercise }) => ({ ...data, ...(exercise && { exercise }) })),
  );
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
      {/* another day is another list: nobody reads the one before under its name */}
      <BookingsOfDay key={day} fromMs={fromMs} toMs={toMs} />
      {may(AskBooking) && <NewBooking day={day} />}
    </Panel>
  );
}
