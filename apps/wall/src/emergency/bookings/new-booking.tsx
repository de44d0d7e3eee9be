import { AskBooking, BookingPurpose, TelephoneNumber, beginOfDay } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const lasting = [1, 2, 3, 4, 6, 8] as const;
const notes = ['patientName', 'number', 'askedBy', 'from', 'to', 'needs'] as const;
const labels = { patientName: 'patient', number: 'number', askedBy: 'askedBy', from: 'from', to: 'to', needs: 'needs' } as const; // prettier-ignore
const most = { patientName: 80, number: 20, askedBy: 80, from: 200, to: 200, needs: 500 };
const empty = { patientName: '', number: '', askedBy: '', from: '', to: '', needs: '' };

/** One more booking: what for and when are enough, and nothing else is asked for before it is kept. */
export function NewBooking({ day: shown }: { day: string }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const { timezone } = useCity().city;
  const [purpose, setPurpose] = useState<BookingPurpose>('control');
  const [when, setWhen] = useState({ day: shown, clock: '08:00' });
  const [hours, setHours] = useState<(typeof lasting)[number]>(2);
  const [note, setNote] = useState(empty);
  const { busy, failure, run } = usePress();
  return (
    <details>
      <summary>{words.fresh}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const [hour = 0, minute = 0] = when.clock.split(':').map(Number);
          const pickUpAtMs = beginOfDay(when.day, timezone) + hour * HOUR_MS + minute * MINUTE_MS;
          const body = { ...saidOf(note), purpose, pickUpAtMs, expectedReturnAtMs: pickUpAtMs + hours * HOUR_MS };
          run(async (send) => {
            await send(AskBooking, { body });
            setNote(empty);
          });
        }}
      >
        <Choice label={words.purpose} options={BookingPurpose.options} chosen={purpose} onChoose={setPurpose}>
          {(one) => words.purposes[one]}
        </Choice>
        <Field
          label={words.day}
          type="date"
          required
          value={when.day}
          onChange={({ target }) => {
            setWhen({ ...when, day: target.value });
          }}
        />
        <Field
          label={words.pickUp}
          type="time"
          required
          value={when.clock}
          onChange={({ target }) => {
            setWhen({ ...when, clock: target.value });
          }}
        />
        <Choice label={words.lasts} options={lasting} chosen={hours} onChoose={setHours} named>
          {(one) => format.number(one)}
        </Choice>
        {notes.map((name) => (
          <Field
            key={name}
            label={words[labels[name]]}
            type={name === 'number' ? 'tel' : 'text'}
            maxLength={most[name]}
            value={note[name]}
            onChange={({ target }) => {
              setNote({ ...note, [name]: target.value });
            }}
          />
        ))}
        {failure !== undefined && <p role="alert">{failure}</p>}
        <button type="submit" className="strong" disabled={busy}>
          {words.ask}
        </button>
      </form>
    </details>
  );
}

/** What was written; half a number never keeps a booking from being kept: it stands with who asked. */
function saidOf(note: typeof empty) {
  const digits = note.number.replaceAll(/[\s().-]/g, '');
  const isNumber = TelephoneNumber.safeParse(digits).success;
  const askedBy = [note.askedBy.trim(), isNumber ? '' : note.number.trim()].filter((word) => word !== '').join(' ');
  const said = Object.entries({ ...note, askedBy: askedBy.slice(0, most.askedBy), number: isNumber ? digits : '' });
  return Object.fromEntries(
    said.map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value !== ''),
  );
}
