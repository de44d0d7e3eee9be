import { useState } from 'react';
import { useSpeech } from '../text/speech.tsx';

interface SureButtonProps {
  /** On the button. */
  children: string;
  /** The whole of what it does, where the words on it do not say to whom. */
  label?: string;
  /** What it means, said before it is done. */
  means: string;
  /** On the button that does it. */
  yes: string;
  busy?: boolean;
  onSure: () => void;
}

/** Says what a press means, and does it on the second one. */
export function SureButton({ children, label, means, yes, busy = false, onSure }: SureButtonProps) {
  const { text } = useSpeech();
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button
        type="button"
        aria-label={label}
        disabled={busy}
        onClick={() => {
          setAsking(true);
        }}
      >
        {children}
      </button>
    );
  return (
    <div className="sure" role="group" aria-label={label ?? children}>
      <p>{means}</p>
      <button
        type="button"
        className="grave"
        autoFocus
        disabled={busy}
        onClick={() => {
          setAsking(false);
          onSure();
        }}
      >
        {yes}
      </button>
      <button
        type="button"
        onClick={() => {
          setAsking(false);
        }}
      >
        {text.session.cancel}
      </button>
    </div>
  );
}
