import { useId } from 'react';
import { useSpeech } from '../../text/speech.tsx';

/** As much as the desk keeps of a reason or a remark. */
const longest = 300;

interface ReasonFieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
}

/** A reason or a remark: several lines on the screen, one in the log. It has the focus as soon as it is there. */
export function ReasonField({ label, value, onValue }: ReasonFieldProps) {
  const { text } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        maxLength={longest}
        autoFocus
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={({ target }) => {
          onValue(target.value);
        }}
      />
      <p className="field-hint" id={`${id}-hint`}>
        {text.alarms.reasonRule}
      </p>
    </div>
  );
}

/** What somebody wrote, as the log takes it: one line. */
export const oneLine = (written: string): string => written.replaceAll(/\s+/g, ' ').trim();
