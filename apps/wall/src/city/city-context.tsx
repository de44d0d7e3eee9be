import { GetCity, type AnswerOf } from '@siaga/contracts';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { call } from './api.ts';
import { Waiting } from './waiting.tsx';

type CityAnswer = AnswerOf<typeof GetCity>;

const CityContext = createContext<CityAnswer | null>(null);
const againAfterMs = 2000;

/** Asks which city this is before anything is drawn, and goes on asking: a wall is often on before its server. */
export function CityProvider({ children }: { children: ReactNode }) {
  const [city, setCity] = useState<CityAnswer | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const ending = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    call(GetCity, {}, { signal: ending.signal }).then(setCity, () => {
      if (ending.signal.aborted) return;
      again = setTimeout(() => {
        setAttempt((count) => count + 1);
      }, againAfterMs);
    });
    return () => {
      ending.abort();
      clearTimeout(again);
    };
  }, [attempt]);
  if (city === null) return <Waiting trouble={attempt === 0 ? null : 'unreachable'} />;
  return <CityContext value={city}>{children}</CityContext>;
}

/** The city this screen belongs to and how it is run. */
export function useCity(): CityAnswer {
  const city = useContext(CityContext);
  if (city === null) throw new Error('useCity outside CityProvider');
  return city;
}
