import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkBadge } from '../link/link-badge.tsx';
import { useFocus } from '../room/focus.tsx';
import { HELP } from '../room/help.tsx';
import { LanguageButton } from '../text/language-button.tsx';
import { useSpeech } from '../text/speech.tsx';
import { useCity } from './city-context.tsx';
import { Clock } from './clock.tsx';

/** Whose wall this is, whether it is live and well, and what time it is in the city. `children`: lights of its domains. */
export function TopBar({ children }: { children: ReactNode }) {
  const { text } = useSpeech();
  const { focus, show, close } = useFocus();
  const { city } = useCity();
  return (
    <header className="top-bar" data-covers="top">
      <h1 className="brand">
        <span className="brand-name">{text.appName}</span>
        <span className="brand-city">{city.name}</span>
      </h1>
      <div className="top-right">
        <button
          type="button"
          className="quiet"
          aria-label={text.keys}
          aria-expanded={focus?.kind === HELP}
          onClick={() => {
            if (focus?.kind === HELP) close();
            else show(HELP);
          }}
        >
          <CircleHelp aria-hidden="true" />
          <kbd>?</kbd>
        </button>
        <LanguageButton />
        {children}
        <LinkBadge />
        <Clock />
      </div>
    </header>
  );
}
