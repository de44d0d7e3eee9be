import { Fault, KeepStill, STILL_DAYS, type Place } from '@siaga/contracts';
import { useState } from 'react';
import { Field } from '../../../room/field.tsx';
import { usePress } from '../../../room/press.ts';
import { inLanguage } from '../../../text/fault-words.ts';
import { useSpeech } from '../../../text/speech.tsx';
import { AboutField } from './about-field.tsx';
import { CameraField } from './camera-field.tsx';

interface KeepFormProps {
  /** Absent: one chooses. */
  cameraId: string | undefined;
  /** The same. */
  about: string | undefined;
  /** Cameras near it are offered first. */
  place: Place | undefined;
  onKept: () => void;
}

/** Takes one still now, and keeps it for something that happened. */
export function KeepForm({ cameraId, about, place, onKept }: KeepFormProps) {
  const { text, language } = useSpeech();
  const words = text.street.camera.stills;
  const [of, setOf] = useState(cameraId ?? '');
  const [keptFor, setKeptFor] = useState(about ?? '');
  const [purpose, setPurpose] = useState('');
  const [keepDays, setKeepDays] = useState(String(STILL_DAYS.usual));
  // why a camera gives no picture now is its own, and not that nobody answered
  const { busy, failure, run } = usePress((error) =>
    error instanceof Fault && error.kind === 'unavailable' ? inLanguage(error.message, language) : undefined,
  );
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          await send(KeepStill, {
            params: { cameraId: of },
            body: { about: keptFor, purpose, keepDays: Number(keepDays) },
          });
          onKept();
        });
      }}
    >
      {about !== undefined && <CameraField cameraId={of} place={place} onChoose={setOf} />}
      {about === undefined && <AboutField cameraId={of} onChoose={setKeptFor} />}
      <Field
        label={words.purpose}
        required
        maxLength={200}
        value={purpose}
        onChange={({ target }) => {
          setPurpose(target.value);
        }}
      />
      <Field
        label={words.keepDays}
        type="number"
        required
        min={1}
        max={STILL_DAYS.most}
        hint={words.keepDaysHint}
        value={keepDays}
        onChange={({ target }) => {
          setKeepDays(target.value);
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || of === '' || keptFor === '' || purpose.trim() === ''}>
        {busy ? words.taking : words.keep}
      </button>
    </form>
  );
}
