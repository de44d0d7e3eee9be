import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { dictionaries, type Dictionary } from './dictionary.ts';
import { createFormat, type Format, type Language } from './format.ts';

interface Speech {
  language: Language;
  text: Dictionary;
  format: Format;
  switchLanguage: () => void;
}

const SpeechContext = createContext<Speech | null>(null);
const remembered = 'siaga.language';

/** Gives everything below it one language, and times in the city's zone. The choice stays with this screen. */
export function SpeechProvider({ timezone, children }: { timezone: string; children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(remembered) === 'en' ? 'en' : 'id'));
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(remembered, language);
  }, [language]);
  const switchLanguage = useCallback(() => {
    setLanguage((now) => (now === 'id' ? 'en' : 'id'));
  }, []);
  const speech = useMemo(
    () => ({ language, text: dictionaries[language], format: createFormat(language, timezone), switchLanguage }),
    [language, timezone, switchLanguage],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** The words, formats and language of this screen. */
export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === null) throw new Error('useSpeech outside SpeechProvider');
  return speech;
}

/**
 * The same, with words that come in the chunk of who asks: a page or panel that few open keeps its words out of the
 * first load of every screen. `words` are a constant of `src/text`.
 */
export function useSpeechWith<Words extends object>(words: Readonly<Record<Language, Words>>) {
  const { text, ...speech } = useSpeech();
  const own = words[speech.language];
  return { ...speech, text: useMemo(() => ({ ...text, ...own }), [text, own]) };
}
