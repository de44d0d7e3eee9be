import { lackOf, type Me, type RouteContract } from '@siaga/contracts';
import { createContext, useCallback, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { session, type SessionState } from './session.ts';

const MeContext = createContext<Me | null>(null);

/** Who is signed in, for everything below. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** How this screen stands with its server; draws again when that changes. */
export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.get);
}

/** Who is signed in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('nobody is signed in above');
  return me;
}

/** Whether who is signed in may call a route: what he may not is not offered to him. The server decides again. */
export function useMay(): (route: Pick<RouteContract, 'permission' | 'agencies'>) => boolean {
  const me = useMe();
  return useCallback((route) => lackOf(route, me) === undefined, [me]);
}
