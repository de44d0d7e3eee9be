import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { lasting, type Lasting, type PickUp } from './trip-times.ts';

interface PickUpFieldsProps {
  pickUp: PickUp;
  onPickUp: (pickUp: PickUp) => void;
}

/** Day and clock of a pick-up. */
export function PickUpFields({ pickUp, onPickUp }: PickUpFieldsProps) {
  const words = useSpeech().text.bookings;
  return (
    <>
      <Field
        label={words.day}
        type="date"
        required
        value={pickUp.day}
        onChange={({ target }) => {
          onPickUp({ ...pickUp, day: target.value });
        }}
      />
      <Field
        label={words.pickUp}
        type="time"
        required
        value={pickUp.clock}
        onChange={({ target }) => {
          onPickUp({ ...pickUp, clock: target.value });
        }}
      />
    </>
  );
}

interface LastsProps {
  /** Undefined: as long as it is. */
  hours: Lasting | undefined;
  onHours: (hours: Lasting) => void;
}

/** How long a trip is expected to take. */
export function Lasts({ hours, onHours }: LastsProps) {
  const { text, format } = useSpeech();
  return (
    <Choice label={text.bookings.lasts} options={lasting} chosen={hours} onChoose={onHours} named wraps>
      {(one) => format.number(one)}
    </Choice>
  );
}
