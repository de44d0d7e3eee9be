import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LastMinute } from './last-minute.ts';

const durations = fc.array(fc.double({ min: 0, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 500 });

describe('the last minute', () => {
  it('knows nothing of nothing', () => {
    expect(new LastMinute().percentile(0.5)).toBeUndefined();
  });

  it('tells any percentile of any durations, never too little and at most 5 % too much', () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(0.01, 0.5, 0.99, 1), (given, share) => {
        const minute = new LastMinute();
        for (const ms of given) minute.add(ms);
        const exact = given.toSorted((one, other) => one - other)[Math.ceil(given.length * share) - 1] ?? 0;
        const told = minute.percentile(share) ?? -1;
        expect(told).toBeGreaterThanOrEqual(exact - 0.06); // told in tenths
        expect(told).toBeLessThanOrEqual(exact * 1.05 + 0.15);
      }),
    );
  });

  it('forgets what is older than a minute', () => {
    let nowMs = 3_000_000;
    const minute = new LastMinute(() => nowMs);
    minute.add(9000);
    nowMs += 50_000;
    minute.add(10);
    expect(minute.percentile(1)).toBeGreaterThan(8999);
    nowMs += 10_000;
    expect(minute.percentile(1)).toBeLessThan(12);
    nowMs += 60_000;
    expect(minute.percentile(1)).toBeUndefined();
  });
});
