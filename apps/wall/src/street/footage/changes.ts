import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let times = 0;

/** Something happened to a request on this screen. No event tells it: requests are for few, and asked for. */
export function footageChanged(): void {
  times += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** How often something happened: what is shown beside the panel is asked anew with it. */
export const useFootageChanges = (): number => useSyncExternalStore(subscribe, () => times);
