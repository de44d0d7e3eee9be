import { Fault, GetCity, type AnswerOf } from '@siaga/contracts';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { call } from './api.ts';

type CityAnswer = AnswerOf<typeof GetCity>;

const CityContext = createContext<CityAnswer | null>(null);
const againAfterMs = 2000;

/** Asks which city this is before anything is drawn, and goes on asking: a wall is often on before its server. */
export function CityProvider({ children }: { children: ReactNode }) {
  const [city, setCity] = useState<CityAnswer | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [trouble, setTrouble] = useState<'unreachable' | 'token' | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    call(GetCity, {}, { signal: ending.signal }).then(setCity, (error: unknown) => {
      if (ending.signal.aborted) return;
      setTrouble(error instanceof Fault && error.kind === 'unauthenticated' ? 'token' : 'unreachable');
      again = setTimeout(() => {
        setAttempt((count) => count + 1);
      }, againAfterMs);
    });
    return () => {
      ending.abort();
      clearTimeout(again);
    };
  }, [attempt]);
  if (city === null) return <Waiting trouble={trouble} />;
  return <CityContext value={city}>{children}</CityContext>;
}

/** In both languages: before the city answers nobody knows which one is wanted. */
const waitingFor = {
  unreachable: 'Menunggu server kota… · Waiting for the city’s server…',
  token:
    'Layar ini belum diberi izin: buka tautan “Dinding” yang tercetak saat Siaga dimulai. · Open the “wall” link printed when Siaga was started.',
};

function Waiting({ trouble }: { trouble: keyof typeof waitingFor | null }) {
  return (
    <main className="waiting">
      <h1>Siaga</h1>
      <p role="status">{trouble !== null && waitingFor[trouble]}</p>
    </main>
  );
}

/** The city this screen belongs to and how it is run. */
export function useCity(): CityAnswer {
  const city = useContext(CityContext);
  if (city === null) throw new Error('useCity outside CityProvider');
  return city;
}
