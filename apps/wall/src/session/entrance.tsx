import { Languages } from 'lucide-react';
import { useEffect, useMemo, type ReactNode } from 'react';
import { useKeys } from '../room/keys.ts';
import { useSpeech } from '../text/speech.tsx';

/** A page for who is not signed in. It names no city and shows nothing of one. `wide`: what is read from across a room. */
export function Entrance({ title, wide, children }: { title: string; wide?: true; children: ReactNode }) {
  const { language, text, switchLanguage } = useSpeech();
  useKeys(useMemo(() => ({ l: switchLanguage }), [switchLanguage]));
  useEffect(() => {
    document.title = `${title} · Siaga`;
  }, [title]);
  return (
    <div className="entrance" data-wide={wide}>
      <header className="entrance-head">
        <span className="brand-name">{text.appName}</span>
        <button
          type="button"
          className="quiet"
          aria-label={`${language.toUpperCase()} · ${text.otherLanguage}`}
          onClick={switchLanguage}
        >
          <Languages aria-hidden="true" />
          <span aria-hidden="true">{language.toUpperCase()}</span>
        </button>
      </header>
      <main className="entrance-main">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
