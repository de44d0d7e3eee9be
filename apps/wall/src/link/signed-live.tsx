import { createLive, type Live } from '@siaga/live';
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { session } from '../session/session.ts';
import { LiveProvider } from './live-context.tsx';

/** The live stream of who is signed in, as long as he is. */
export function SignedLive({ streams, children }: { streams: readonly string[]; children: ReactNode }) {
  const { subscribe, get } = useMemo(() => liveWhileShown(streams), [streams]);
  const live = useSyncExternalStore(subscribe, get);
  return live === null ? null : <LiveProvider live={live}>{children}</LiveProvider>;
}

/** A connection that is there while somebody looks. */
function liveWhileShown(streams: readonly string[]) {
  let live: Live | null = null;
  return {
    get: () => live,
    subscribe: (tell: () => void) => {
      const link = createLive({ url: '', token: () => session.ticket(), call: session.call, streams });
      live = link;
      link.status.subscribe(() => {
        const { state, reason = '' } = link.status.get();
        if (state === 'signed-out') session.doubt(reason);
      });
      tell();
      return () => {
        live = null;
        link.close();
      };
    },
  };
}
