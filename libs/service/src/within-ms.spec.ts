import { describe, expect, it } from '@jest/globals';
import { TooLate, withinMs } from './within-ms.ts';

describe('within a time', () => {
  it('answers what the work answers, or throws what it throws', async () => {
    expect(await withinMs(1000, () => 7)).toBe(7);
    await expect(withinMs(1000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('is over when nobody waits any more, and tells the work so', async () => {
    const aborted = Promise.withResolvers<undefined>();
    const never = withinMs(5, (signal) => {
      signal.addEventListener('abort', () => {
        aborted.resolve(undefined);
      });
      return new Promise(() => undefined);
    });
    await expect(never).rejects.toBeInstanceOf(TooLate);
    await aborted.promise;
  });
});
