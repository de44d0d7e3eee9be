import { setTimeout } from 'node:timers/promises';

const LOOK_AGAIN_MS = 20;

/** Resolves once it is so, or once nobody waits any more. */
export async function until(isSo: () => boolean | Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isSo())) await setTimeout(LOOK_AGAIN_MS);
}
