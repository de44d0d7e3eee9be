import { expect, it } from '@jest/globals';
import { Turnstile } from './turnstile.ts';

it('lets so many in at once and so many wait, in order; whoever comes then is turned away before anything is done', async () => {
  const turnstile = new Turnstile({ atOnce: 2, waiting: 3 });
  const begun: number[] = [];
  const leave: (() => void)[] = [];
  const work = (who: number) => () => {
    begun.push(who);
    return new Promise<number>((resolve) => leave.push(() => resolve(who)));
  };
  const inside = [0, 1, 2, 3, 4].map((who) => turnstile.pass(work(who)));
  await expect(turnstile.pass(work(5))).rejects.toMatchObject({ kind: 'unavailable' });
  for (let left = 0; left < 5; left += 1) {
    expect(begun).toEqual([0, 1, 2, 3, 4].slice(0, left + 2));
    leave[left]?.();
    expect(await inside[left]).toBe(left);
  }
});

it('gives back the place of work that failed', async () => {
  const turnstile = new Turnstile({ atOnce: 1, waiting: 0 });
  await expect(turnstile.pass(() => Promise.reject(new Error('broke')))).rejects.toThrow('broke');
  expect(await turnstile.pass(() => Promise.resolve('in'))).toBe('in');
});
