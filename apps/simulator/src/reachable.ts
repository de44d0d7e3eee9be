import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '@siaga/contracts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

/** What a city answers as soon as it does; undefined when stopped before. Rejects when refused for good. */
export async function whenReachable<Answer>(
  ask: () => Promise<Answer>,
  { stop, say }: { stop: AbortSignal; say: (line: string) => void },
): Promise<Answer | undefined> {
  for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2)) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Fault && error.retriable)) throw error;
      if (waitMs === FIRST_RETRY_MS && !stop.aborted) say(`waiting for the city: ${error.message}`);
    }
    if (!(await pause(waitMs, stop))) return undefined;
  }
}

/** Sleeps; false when stopped meanwhile. */
export async function pause(ms: number, stop: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal: stop }).catch(() => false);
}
