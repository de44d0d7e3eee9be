import { useEffect, useMemo, type ReactNode } from 'react';
import { useKeys } from '../room/keys.ts';
import { LanguageButton } from '../text/language-button.tsx';
import { useSpeech } from '../text/speech.tsx';

/** A page for who is not signed in. It names no city and shows nothing of one. `wide`: what is read from across a room. */
export function Entrance({ title, wide, children }: { title: string; wide?: true; children: ReactNode }) {
  const { text, switchLanguage } = useSpeech();
  useKeys(useMemo(() => ({ l: switchLanguage }), [switchLanguage]));
  useEffect(() => {
    document.title = `${title} · Siaga`;
  }, [title]);
  return (
    <div className="entrance" data-wide={wide}>
      <header className="entrance-head">
        <span className="brand-name">{text.appName}</span>
        <LanguageButton />
      </header>
      <main className="entrance-main">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
