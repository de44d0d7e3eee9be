import { RequestFootage } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { Field } from '../../room/field.tsx';
import { useFocus } from '../../room/focus.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { cityMoment } from '../city-moment.ts';
import { FOOTAGE } from '../kinds.ts';
import { CamerasField } from './cameras-field.tsx';
import { footageChanged } from './changes.ts';
import './footage.css';

const first = { from: '', to: '', letterNumber: '', purpose: '', requester: '', institution: '', keepDays: '365' };
type Written = typeof first;

/** Writes down a letter that asks for recordings. */
export function FootageForm({ cameraId }: { cameraId: string | undefined }) {
  const words = useSpeech().text.footage;
  const { city } = useCity();
  const { show } = useFocus();
  const [cameraIds, setCameraIds] = useState<readonly string[]>(cameraId === undefined ? [] : [cameraId]);
  const [written, setWritten] = useState<Written>(first);
  const { busy, failure, run } = usePress();
  const { from, to, keepDays, ...said } = written;
  const [fromMs, toMs] = [cityMoment(from, city.timezone), cityMoment(to, city.timezone)];
  const isBackwards = fromMs !== undefined && toMs !== undefined && toMs <= fromMs;
  const keep = () => {
    if (fromMs === undefined || toMs === undefined) return;
    const body = { cameraIds: [...cameraIds], fromMs, toMs, ...said, keepDays: Number(keepDays) };
    run(async (send) => {
      const { footageId } = await send(RequestFootage, { body });
      footageChanged();
      show(FOOTAGE, `request/${footageId}`);
    });
  };
  const field = (name: keyof Written) => ({
    label: words[name],
    required: true,
    value: written[name],
    onChange: ({ target }: { target: { value: string } }) => {
      setWritten({ ...written, [name]: target.value });
    },
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <CamerasField cameraIds={cameraIds} onChoose={setCameraIds} />
      <Field {...field('from')} type="datetime-local" />
      <Field {...field('to')} type="datetime-local" hint={isBackwards ? words.backwards : words.timesHint} />
      <Field {...field('letterNumber')} maxLength={80} />
      <Field {...field('institution')} maxLength={120} />
      <Field {...field('requester')} maxLength={120} />
      <Field {...field('purpose')} maxLength={300} />
      <Field {...field('keepDays')} type="number" min={1} max={1825} hint={words.keepDaysHint} />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || isBackwards || cameraIds.length === 0}>
        {words.keep}
      </button>
    </form>
  );
}
