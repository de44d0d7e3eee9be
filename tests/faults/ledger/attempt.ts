import { Fault } from '@siaga/contracts';
import type { Answer } from './operation.ts';

/** What a status says of a request: told no for good, told to come again, or nothing certain. */
export function answerOfStatus(status: number): Answer {
  if (status === 429) return 'later';
  if (status >= 500) return 'unknown';
  return status >= 400 ? 'refused' : 'ok';
}

/** Runs a call of the typed client; its faults are answers. */
export async function answerOfCall(call: () => Promise<unknown>): Promise<Answer> {
  try {
    await call();
    return 'ok';
  } catch (error) {
    if (!(error instanceof Fault)) return 'unknown';
    if (error.kind === 'too-many') return 'later';
    return error.kind === 'unavailable' ? 'unknown' : 'refused';
  }
}
