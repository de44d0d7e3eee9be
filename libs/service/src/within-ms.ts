/** Work that was waited for long enough. */
export class TooLate extends Error {
  override readonly name = 'TooLate';

  constructor(ms: number) {
    const seconds = String(ms / 1000);
    super(`tidak menjawab dalam ${seconds} dtk · no answer within ${seconds} s`);
  }
}

/**
 * Waits so many milliseconds for work and no longer: then it throws {@link TooLate}. The signal aborts as soon as nobody
 * waits any more; work that heeds it holds nothing afterwards.
 */
export async function withinMs<Result>(
  ms: number,
  work: (signal: AbortSignal) => Result | Promise<Result>,
): Promise<Result> {
  const waiting = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TooLate(ms));
    }, ms);
  });
  try {
    return await Promise.race([work(waiting.signal), late]);
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
}
