import { expect, it } from '@jest/globals';
import fc from 'fast-check';
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

it('is never tried after its time, and never without a pause', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 600_000 }),
      (pausesMs, untilMs) => {
        let nowMs = 0;
        for (let attempts = 0; attempts < 1000; attempts += 1) {
          const nextMs = triedAgainAtMs({ attempts, untilMs }, pausesMs, nowMs);
          if (nextMs === undefined) break;
          expect(nextMs - nowMs).toBe(pausesMs[Math.min(attempts, pausesMs.length - 1)]);
          expect(nextMs).toBeLessThanOrEqual(untilMs);
          nowMs = nextMs;
        }
        expect(triedAgainAtMs({ attempts: 1000, untilMs }, pausesMs, untilMs)).toBeUndefined();
      },
    ),
  );
});
