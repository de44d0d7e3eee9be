/**
 * What the disk said when it is the reason why a transaction failed; undefined for anything else. lmdb-js answers
 * "Commit failed" and keeps the reason in a promise of its own, which ends the process when nobody takes it.
 */
export async function diskErrorOf(error: unknown): Promise<unknown> {
  if (isCommitFailure(error))
    return Promise.resolve(error.commitError).then(
      () => error,
      (reason: unknown) => reason,
    );
  // LMDB's own errors have numbers, Node's have names
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error : undefined;
}

/** A failure that those who wait for the commit hear of anyway; lmdb-js also rejects promises nobody can reach with it. */
export function isCommitFailure(error: unknown): error is Error & { commitError: unknown } {
  return error instanceof Error && 'commitError' in error;
}
