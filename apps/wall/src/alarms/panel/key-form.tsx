import type { ReactNode } from 'react';

interface KeyFormProps {
  onSend: () => void;
  /** Absent where Escape is not to lose what is written: then it closes the panel as everywhere. */
  onAway?: () => void;
  children: ReactNode;
}

/** A form that Ctrl+Enter sends and Escape puts away; no bare key of a field does either. */
export function KeyForm({ onSend, onAway, children }: KeyFormProps) {
  return (
    <form
      className="form alarm-form"
      onKeyDown={(event) => {
        const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
        const leaves = event.key === 'Escape' && onAway !== undefined;
        if (!sends && !leaves) return;
        event.preventDefault();
        if (sends) onSend();
        else onAway?.();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
    </form>
  );
}
