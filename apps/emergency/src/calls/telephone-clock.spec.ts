import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TelephoneClock } from './telephone-clock.ts';

const startMs = Date.parse('2026-01-15T03:04:05Z');
const message = fc.record({ saidMs: fc.integer({ min: -1e7, max: 1e7 }), heardMs: fc.integer({ min: 0, max: 1e7 }) });

it('never dates anything later than it was heard, nor earlier than it was said or heard', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 30 }), (messages) => {
      const clock = new TelephoneClock();
      for (const { saidMs, heardMs } of messages) {
        const atMs = clock.setRight(saidMs, heardMs);
        expect(atMs).toBeLessThanOrEqual(heardMs);
        expect(atMs).toBeGreaterThanOrEqual(Math.min(saidMs, heardMs));
      }
    }),
  );
});

it('takes what a slow or a fast clock says now for now, and keeps how long each thing lasted', () => {
  const slow = new TelephoneClock();
  const at = (clock: TelephoneClock, offMs: number, sinceMs: number, lateMs = 0) =>
    clock.setRight(startMs + offMs + sinceMs, startMs + sinceMs + lateMs) - startMs;
  expect([at(slow, -600_000, 0), at(slow, -600_000, 5000), at(slow, -600_000, 65_000)]).toEqual([0, 5000, 65_000]);
  // a message of it that was late is late by that
  expect(at(slow, -600_000, 70_000, 8000)).toBe(70_000);
  const fast = new TelephoneClock();
  expect([at(fast, 600_000, 0), at(fast, 600_000, 5000)]).toEqual([0, 5000]);
});

it('knows what a system has kept while it was offline for old', () => {
  const clock = new TelephoneClock();
  clock.setRight(startMs, startMs + 20);
  expect(clock.setRight(startMs + 60_000, startMs + 7_200_000)).toBe(startMs + 60_000);
});
