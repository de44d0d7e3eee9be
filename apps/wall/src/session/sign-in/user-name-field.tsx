import { UserName } from '@siaga/contracts';
import { useId } from 'react';
import { useSpeech } from '../../text/speech.tsx';
import { RuleMark } from './rule-mark.tsx';

/** The name somebody chooses to sign in with; capitals become small letters as they are typed. */
export function UserNameField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { text } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text.session.userName}</label>
      <input
        id={id}
        name="username"
        required
        autoFocus
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        aria-describedby={`${id}-rule`}
        value={value}
        onChange={({ target }) => {
          onChange(target.value.toLowerCase());
        }}
      />
      <RuleMark
        id={`${id}-rule`}
        words={text.session.userNameRule}
        met={UserName.safeParse(value).success}
        empty={value === ''}
      />
    </div>
  );
}
