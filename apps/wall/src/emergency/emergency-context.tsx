import { CallChanged, IncidentChanged, UnitChanged } from '@siaga/contracts';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useLatest } from '../link/use-live.ts';
import { boardOf, type Board } from './board.ts';
import { useBeats } from './calls/use-beats.ts';

const BoardContext = createContext<Board | null>(null);

/** What column, tile, map and panels of the emergency service all look at. */
export function EmergencyProvider({ children }: { children: ReactNode }) {
  const calls = useLatest(CallChanged);
  const incidents = useLatest(IncidentChanged);
  const units = useLatest(UnitChanged);
  const board = useMemo(() => boardOf({ calls, incidents, units }), [calls, incidents, units]);
  useBeats(board.calls);
  return <BoardContext value={board}>{children}</BoardContext>;
}

/** Calls, incidents and units as this screen knows them. */
export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (board === null) throw new Error('useBoard outside EmergencyProvider');
  return board;
}
