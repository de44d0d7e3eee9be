import { expect, it } from '@jest/globals';
import { MessagesUnderWay, triedAgainAtMs } from './messages-under-way.ts';

it('leaves room for others beside an address that hangs, and ends with everything called off', async () => {
  const messages = new MessagesUnderWay();
  const failures: unknown[] = [];
  const hangs = (signal: AbortSignal) =>
    new Promise<void>((_, failed) => {
      signal.addEventListener('abort', () => {
        failed(new Error('called off'));
      });
    });
  let begun = 0;
  for (; messages.hasRoom('slow'); begun += 1) messages.begin('slow', hangs, (error) => failures.push(error));
  expect(begun).toBe(4);
  expect(messages.hasRoom('quick')).toBe(true);
  await messages.end();
  expect(failures).toHaveLength(4);
  expect(messages.hasRoom('slow')).toBe(true);
});

it.each([
  [[5000], 0, []],
  [[5000], 4999, []],
  [[5000, 8000, 10_000], 35_000, [5000, 13_000, 23_000, 33_000]],
  [[1000, 2000], 3000, [1000, 3000]],
])('is tried after pauses of %o ms, never after %i ms', (pausesMs, untilMs, tries) => {
  const tried: number[] = [];
  for (let nowMs = 0; ;) {
    const nextMs = triedAgainAtMs({ attempts: tried.length, untilMs }, pausesMs, nowMs);
    if (nextMs === undefined) break;
    tried.push(nextMs);
    nowMs = nextMs;
  }
  expect(tried).toEqual(tries);
});
