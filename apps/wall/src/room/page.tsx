import { useEffect, useMemo, type ReactNode } from 'react';
import { useCity } from '../city/city-context.tsx';
import { ExerciseBand } from '../city/exercise-band.tsx';
import type { Domain } from '../domain.ts';
import { LinkBadge } from '../link/link-badge.tsx';
import { isLocalOperator, nameOf } from '../session/me/name-of.ts';
import { SignOut } from '../session/me/sign-out.tsx';
import { useMe } from '../session/session-context.tsx';
import { LanguageButton } from '../text/language-button.tsx';
import { useSpeech } from '../text/speech.tsx';
import { useFocus } from './focus.tsx';
import { useKeys } from './keys.ts';
import './page.css';
import { SidePanel } from './side-panel.tsx';

interface PageProps {
  /** Its heading, and the title of the window. */
  title: string;
  className: string;
  /** What may be opened beside it. */
  panels: NonNullable<Domain['panels']>;
  children: ReactNode;
}

/** A page that is read from top to bottom, for people who do not watch the wall; panels open beside it as on the wall. */
export function Page({ title, className, panels, children }: PageProps) {
  const { switchLanguage } = useSpeech();
  const { close } = useFocus();
  const { city } = useCity();
  useKeys(useMemo(() => ({ l: switchLanguage, Escape: close }), [switchLanguage, close]));
  useEffect(() => {
    document.title = `${title} · Siaga · ${city.name}`;
  }, [title, city.name]);
  return (
    <div className={`page ${className}`}>
      <ExerciseBand />
      <Head />
      <div className="page-stage">
        <main className="page-main">
          <h1>{title}</h1>
          {children}
          <Foot />
        </main>
        <SidePanel panels={panels} />
      </div>
    </div>
  );
}

/** Whose page it is: a phone goes from hand to hand. */
function Foot() {
  const { text } = useSpeech();
  const me = useMe();
  if (isLocalOperator(me)) return null;
  return (
    <footer className="page-foot">
      <p>{nameOf(me, text)}</p>
      <SignOut />
    </footer>
  );
}

function Head() {
  const { text } = useSpeech();
  const { city } = useCity();
  return (
    <header className="page-head">
      <p className="brand">
        <span className="brand-name">{text.appName}</span>
        <span className="brand-city">{city.name}</span>
      </p>
      <div className="top-right">
        <a href="/">{text.toWall}</a>
        <LanguageButton />
        <LinkBadge />
      </div>
    </header>
  );
}
