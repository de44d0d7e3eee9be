import { MoveBooking, WriteBooking, type BookingChanged } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';
import { NoteFields } from './note-fields.tsx';
import { changedIn, writtenOf } from './notes.ts';
import { Lasts, PickUpFields } from './trip-fields.tsx';
import { momentOf, pickUpAt, type Lasting, type PickUp } from './trip-times.ts';

const HOUR_MS = 3_600_000;

/** Another time, with the reason; of one on its way only how long it takes. */
export function MoveForm({ booking: { bookingId, status, pickUpAtMs } }: { booking: BookingChanged }) {
  const words = useSpeech().text.bookings;
  const { timezone } = useCity().city;
  const [chosen, setChosen] = useState<PickUp>();
  const [hours, setHours] = useState<Lasting>();
  const [reason, setReason] = useState('');
  const press = usePress();
  const pickUp = chosen ?? pickUpAt(pickUpAtMs, timezone);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        // to the millisecond as it is, unless somebody wrote another
        const fromMs = chosen === undefined ? pickUpAtMs : momentOf(chosen, timezone);
        const until = hours === undefined ? {} : { expectedReturnAtMs: fromMs + hours * HOUR_MS };
        press.run(async (send) => {
          await send(MoveBooking, { params: { bookingId }, body: { pickUpAtMs: fromMs, ...until, reason: reason.trim() } }); // prettier-ignore
          setChosen(undefined);
          setHours(undefined);
          setReason('');
        });
      }}
    >
      {status !== 'under-way' && <PickUpFields pickUp={pickUp} onPickUp={setChosen} />}
      <Lasts hours={hours} onHours={setHours} />
      <Field
        label={words.moveReason}
        required
        maxLength={200}
        value={reason}
        onChange={({ target }) => {
          setReason(target.value);
        }}
      />
      <Refused press={press} />
      <button
        type="submit"
        disabled={press.busy || reason.trim() === '' || (chosen === undefined && hours === undefined)}
      >
        {words.move}
      </button>
    </form>
  );
}

/** What is written about it: only what somebody changes is sent. */
export function NotesForm({ booking }: { booking: BookingChanged }) {
  const words = useSpeech().text.bookings;
  const [before, setBefore] = useState(() => writtenOf(booking));
  const [written, setWritten] = useState(before);
  const press = usePress();
  const changed = changedIn(before, written);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        press.run(async (send) => {
          const now = writtenOf(await send(WriteBooking, { params: { bookingId: booking.bookingId }, body: changed }));
          setBefore(now);
          setWritten(now);
        });
      }}
    >
      <NoteFields written={written} onWritten={setWritten} />
      <Refused press={press} />
      <button type="submit" disabled={press.busy || Object.keys(changed).length === 0}>
        {words.write}
      </button>
    </form>
  );
}
