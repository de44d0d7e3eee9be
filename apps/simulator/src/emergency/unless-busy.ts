import { Fault } from '@siaga/contracts';

/** Somebody else was faster, or said something else at this moment: then it is his. */
export function unlessBusy(error: unknown): undefined {
  if (!(error instanceof Fault && error.kind === 'conflict')) throw error;
  return undefined;
}
