import { useEffect, useState, useSyncExternalStore } from 'react';
import type { QueueState, StepQueue } from './step-queue.ts';

/** A queue of this page, made once: flushed when the phone is back, or another tab of it pressed or sent. */
export function useKept<Step extends { key: string }>(
  make: () => StepQueue<Step>,
): { queue: StepQueue<Step>; state: QueueState<Step> } {
  const [queue] = useState(make);
  useEffect(() => {
    const flush = () => void queue.flush();
    window.addEventListener('online', flush);
    window.addEventListener('storage', flush);
    return () => {
      window.removeEventListener('online', flush);
      window.removeEventListener('storage', flush);
      queue.close();
    };
  }, [queue]);
  return { queue, state: useSyncExternalStore(queue.subscribe, queue.get) };
}
