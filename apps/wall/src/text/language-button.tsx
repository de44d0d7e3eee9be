import { Languages } from 'lucide-react';
import { useSpeech } from './speech.tsx';

/** Which language the screen speaks; a press speaks the other. */
export function LanguageButton() {
  const { language, text, switchLanguage } = useSpeech();
  return (
    <button
      type="button"
      className="quiet"
      aria-label={`${language.toUpperCase()} · ${text.otherLanguage}`}
      onClick={switchLanguage}
    >
      <Languages aria-hidden="true" />
      <span aria-hidden="true">{language.toUpperCase()}</span>
    </button>
  );
}
