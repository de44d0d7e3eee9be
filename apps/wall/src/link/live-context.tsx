import type { Live } from '@siaga/live';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { createCityClock, type CityClock } from './city-clock.ts';

interface Linked {
  live: Live;
  clock: CityClock;
}

const LinkedContext = createContext<Linked | null>(null);

/** The one live connection of this screen, and the city's clock that comes with it. */
export function LiveProvider({ live, children }: { live: Live; children: ReactNode }) {
  const linked = useMemo(() => ({ live, clock: createCityClock(() => live.status.get().serverNowMs()) }), [live]);
  return <LinkedContext value={linked}>{children}</LinkedContext>;
}

/** For the hooks of this folder only. */
export function useLinked(): Linked {
  const linked = useContext(LinkedContext);
  if (linked === null) throw new Error('no live connection above');
  return linked;
}
