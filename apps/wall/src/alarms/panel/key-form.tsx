import type { ReactNode } from 'react';

interface KeyFormProps {
  onSend: () => void;
  onAway: () => void;
  children: ReactNode;
}

/** A form that Ctrl+Enter sends and Escape puts away; no bare key of a field does either. */
export function KeyForm({ onSend, onAway, children }: KeyFormProps) {
  return (
    <form
      className="form alarm-form"
      onKeyDown={(event) => {
        const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
        if (!sends && event.key !== 'Escape') return;
        event.preventDefault();
        if (sends) onSend();
        else onAway();
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
