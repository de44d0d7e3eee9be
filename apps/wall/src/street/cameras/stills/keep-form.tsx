import { Fault, STILL_DAYS, type Client, type Place } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../../../city/city-context.tsx';
import { Field } from '../../../room/field.tsx';
import { usePress } from '../../../room/press.ts';
import { inLanguage } from '../../../text/fault-words.ts';
import { useSpeech } from '../../../text/speech.tsx';
import { cityMoment, momentText } from '../../city-moment.ts';
import { AboutField } from './about-field.tsx';
import { CameraField } from './camera-field.tsx';

/** What one writes down of what is to be kept. */
interface Keeping {
  cameraId: string;
  about: string;
  purpose: string;
  keepDays: number;
  /** The moment it is about; absent: now. */
  atMs?: number;
}

interface KeepFormProps {
  /** Absent: one chooses. */
  cameraId: string | undefined;
  /** The same. */
  about: string | undefined;
  /** Cameras near it are offered first. */
  place: Place | undefined;
  /** On the button: what it does, and while it does it. */
  words: Readonly<Record<'keep' | 'taking', string>>;
  /** Asked for where a moment is chosen, and filled in where it is known; absent: it is now. */
  moment?: { atMs: number | undefined };
  keep: (send: Client, what: Keeping) => Promise<unknown>;
  onKept: () => void;
}

/** Keeps a picture or a recording for something that happened. */
export function KeepForm({ cameraId, about, place, words: does, moment, keep, onKept }: KeepFormProps) {
  const { text, language } = useSpeech();
  const words = text.street.camera.stills;
  const { timezone } = useCity().city;
  const [of, setOf] = useState(cameraId ?? '');
  const [keptFor, setKeptFor] = useState(about ?? '');
  const [purpose, setPurpose] = useState('');
  const [at, setAt] = useState(moment?.atMs === undefined ? '' : momentText(moment.atMs, timezone));
  const atMs = cityMoment(at, timezone);
  const [keepDays, setKeepDays] = useState(String(STILL_DAYS.usual));
  // why a camera gives no picture now is its own, and not that nobody answered
  const { busy, failure, run } = usePress((error) =>
    error instanceof Fault && (error.kind === 'unavailable' || error.kind === 'conflict')
      ? inLanguage(error.message, language)
      : undefined,
  );
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          const said = { cameraId: of, about: keptFor, purpose, keepDays: Number(keepDays) };
          await keep(send, { ...said, ...(atMs === undefined ? {} : { atMs }) });
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
      {moment !== undefined && (
        <Field
          label={text.street.camera.clips.moment}
          type="datetime-local"
          hint={text.street.camera.clips.momentHint}
          value={at}
          onChange={({ target }) => {
            setAt(target.value);
          }}
        />
      )}
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
        {busy ? does.taking : does.keep}
      </button>
    </form>
  );
}
