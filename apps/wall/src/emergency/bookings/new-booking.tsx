import { AskBooking, BookingPurpose, lackedBy, type BookingLack } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { useNow } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { NoteFields } from './note-fields.tsx';
import { nothingWritten, saidOf } from './notes.ts';
import { Lasts, PickUpFields } from './trip-fields.tsx';
import { firstPickUp, momentOf, type Lasting, type PickUp } from './trip-times.ts';

const HOUR_MS = 3_600_000;

/**
 * One more booking: kept once somebody could drive it, and what is still missing for that is named. Its day is the one that is
 * looked at until another is written: whoever leafs through the calendar, or types over midnight, loses nothing.
 */
export function NewBooking({ day: shown }: { day: string }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const { timezone } = useCity().city;
  const nowMs = useNow();
  const [purpose, setPurpose] = useState<BookingPurpose>('control');
  const [chosen, setChosen] = useState<PickUp>();
  const [hours, setHours] = useState<Lasting>(2);
  const [written, setWritten] = useState(nothingWritten);
  const [kept, setKept] = useState<number>();
  const [lacks, setLacks] = useState<readonly BookingLack[]>([]);
  const { busy, failure, run } = usePress();
  const pickUp = chosen ?? firstPickUp(shown, nowMs, timezone);
  return (
    <details>
      <summary>{words.fresh}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const pickUpAtMs = momentOf(pickUp, timezone);
          const said = saidOf(written);
          const body = { ...said, purpose, pickUpAtMs, expectedReturnAtMs: pickUpAtMs + hours * HOUR_MS };
          setKept(undefined);
          setLacks(lackedBy(said));
          if (lackedBy(said).length > 0) return;
          run(async (send) => {
            await send(AskBooking, { body });
            setWritten(nothingWritten);
            setChosen(undefined);
            setKept(pickUpAtMs);
          });
        }}
      >
        <Choice label={words.purpose} options={BookingPurpose.options} chosen={purpose} onChoose={setPurpose} wraps>
          {(one) => words.purposes[one]}
        </Choice>
        <PickUpFields pickUp={pickUp} onPickUp={setChosen} />
        <Lasts hours={hours} onHours={setHours} />
        <NoteFields written={written} onWritten={setWritten} />
        {lacks.length > 0 && <p role="alert">{words.lacking(lacks.map((lack) => words.lacks[lack]).join(', '))}</p>}
        {failure !== undefined && <p role="alert">{failure}</p>}
        {kept !== undefined && <p role="status">{words.kept(format.moment(kept, nowMs))}</p>}
        <button type="submit" className="strong" disabled={busy}>
          {words.ask}
        </button>
      </form>
    </details>
  );
}
