import { Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import { useSpeech } from '../../text/speech.tsx';
import { RuleMark } from './rule-mark.tsx';

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  /** For a new password: what it must be, and whether it is. */
  rule?: { words: string; met: boolean };
}

/** A password that can be looked at, and pasted. */
export function PasswordField({ label, value, onChange, autoComplete, rule }: PasswordFieldProps) {
  const { text } = useSpeech();
  const id = useId();
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-with-button">
        <input
          id={id}
          type={shown ? 'text' : 'password'}
          required
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          aria-describedby={rule === undefined ? undefined : `${id}-rule`}
          value={value}
          onChange={({ target }) => {
            onChange(target.value);
          }}
        />
        <button
          type="button"
          className="quiet"
          aria-label={shown ? text.session.hidePassword : text.session.showPassword}
          onClick={() => {
            setShown(!shown);
          }}
        >
          <Icon aria-hidden="true" />
        </button>
      </div>
      {rule !== undefined && <RuleMark id={`${id}-rule`} empty={value === ''} {...rule} />}
    </div>
  );
}
