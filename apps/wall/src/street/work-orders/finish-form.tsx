import { AddWorkPhoto, FinishWorkOrder, type WorkOrder } from '@siaga/contracts';
import { useState } from 'react';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { base64Of, MOST_PHOTO_BYTES } from './photo-file.ts';

/** The picture, what was used, and done. */
export function FinishForm({ order, onDone }: { order: WorkOrder; onDone: () => void }) {
  const words = useSpeech().text.jobs;
  const params = { workOrderId: order.workOrderId };
  const [item, setItem] = useState('');
  const [count, setCount] = useState('1');
  const [unit, setUnit] = useState('buah');
  const [noPhotoReason, setNoPhotoReason] = useState('');
  const [isTooLarge, setTooLarge] = useState(false);
  const { busy, failure, run } = usePress();
  const isShown = order.photos.length > 0 || noPhotoReason.trim() !== '';
  const addPhoto = (file: File) => {
    setTooLarge(file.size > MOST_PHOTO_BYTES);
    if (file.size > MOST_PHOTO_BYTES) return;
    run(async (send) => {
      await send(AddWorkPhoto, { params, body: { contentBase64: await base64Of(file) } });
      onDone();
    });
  };
  const finish = () => {
    run(async (send) => {
      const materials = item.trim() === '' ? [] : [{ item, count: Number(count), unit }];
      const body = { materials, ...(noPhotoReason.trim() === '' ? {} : { noPhotoReason }) };
      await send(FinishWorkOrder, { params, body });
      onDone();
    });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <Field
        label={words.photo}
        hint={words.photoHint}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        disabled={busy}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) addPhoto(file);
        }}
      />
      {isTooLarge && <p role="alert">{words.photoTooLarge}</p>}
      {order.photos.length === 0 && (
        <Line label={words.noPhotoReason} most={200} value={noPhotoReason} onChange={setNoPhotoReason} />
      )}
      <Line label={words.material} most={80} value={item} onChange={setItem} />
      <Line label={words.materialCount} most={9} value={count} onChange={setCount} />
      <Line label={words.materialUnit} most={20} value={unit} onChange={setUnit} />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || !isShown}>
        {words.finish}
      </button>
    </form>
  );
}

interface LineProps {
  label: string;
  most: number;
  value: string;
  onChange: (value: string) => void;
}

function Line({ label, most, value, onChange }: LineProps) {
  return (
    <Field
      label={label}
      maxLength={most}
      value={value}
      onChange={({ target }) => {
        onChange(target.value);
      }}
    />
  );
}
