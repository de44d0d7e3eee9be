/** A line of work in which the next begins when the one before has ended, however it ended. */
export type OneAtATime = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * One at a time among all tabs of this browser that use the same name. Browsers have locks only where the page came by
 * HTTPS or from this machine; elsewhere it is one at a time in this tab.
 */
export function oneAtATime(name: string): OneAtATime {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks !== undefined) return async (work) => await locks.request(name, work);
  return inLine();
}

/** One at a time in this tab. */
export function inLine(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
