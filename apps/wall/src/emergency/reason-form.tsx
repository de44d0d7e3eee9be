import { useState } from 'react';
import { Field } from '../room/field.tsx';

interface ReasonFormProps {
  label: string;
  /** On the button. */
  yes: string;
  busy: boolean;
  onReason: (reason: string) => void;
}

/** Something that needs a reason: it is written, then done. */
export function ReasonForm({ label, yes, busy, onReason }: ReasonFormProps) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') onReason(reason.trim());
      }}
    >
      <Field
        label={label}
        maxLength={200}
        value={reason}
        onChange={({ target }) => {
          setReason(target.value);
        }}
      />
      <button type="submit" disabled={busy || reason.trim() === ''}>
        {yes}
      </button>
    </form>
  );
}
