import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSpeech } from '../text/speech.tsx';
import { useFocus } from './focus.tsx';

/** The one panel at the right: beside the map, never over the middle of it. */
export function Panel({ title, children }: { title: ReactNode; children: ReactNode }) {
  const { text } = useSpeech();
  const { close } = useFocus();
  return (
    <>
      <header className="panel-head">
        <h2>{title}</h2>
        <button type="button" className="quiet" aria-label={text.close} onClick={close}>
          <X aria-hidden="true" />
        </button>
      </header>
      {/* on a low screen it scrolls, and what scrolls must be reached by keys */}
      <div className="panel-body" tabIndex={0}>
        {children}
      </div>
    </>
  );
}
