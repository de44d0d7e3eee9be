import { describe, expect, it } from '@jest/globals';
import { signedOutRetryMs } from './signed-out-retry.ts';

describe('a screen nobody is signed in at', () => {
  it('asks again after 5 s, then ever more seldom, at least each minute', () => {
    expect([0, 1, 2, 3, 4, 1000].map((refusals) => signedOutRetryMs(refusals, () => 0))).toEqual([
      5000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
  });

  it('does not ask together with the others', () => {
    const waits = Array.from({ length: 50 }, () => signedOutRetryMs(0));
    expect(new Set(waits).size).toBeGreaterThan(40);
    for (const ms of waits) expect([ms >= 5000, ms <= 6250]).toEqual([true, true]);
  });
});
