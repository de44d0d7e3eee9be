import { describe, expect, it } from '@jest/globals';
import { neighbourhoodOf, RateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  it('lets a burst in, then the rate, and says when to come again', () => {
    const limit = new RateLimit({ perSecond: 2, burst: 3 });
    expect([0, 0, 0, 0].map((nowMs) => limit.take('a', 1, nowMs))).toEqual([0, 0, 0, 1]);
    expect(limit.take('a', 1, 499)).toBe(1);
    expect(limit.take('a', 1, 500)).toBe(0);
    expect(limit.take('a', 1, 500)).toBe(1);
  });

  it('does not let one pay for another', () => {
    const limit = new RateLimit({ perSecond: 1, burst: 1 });
    expect(limit.take('a', 1, 0)).toBe(0);
    expect(limit.take('a', 1, 0)).toBe(1);
    expect(limit.take('b', 1, 0)).toBe(0);
  });

  it('lets a large thing in and has it paid off afterwards', () => {
    const limit = new RateLimit({ perSecond: 10, burst: 50 });
    expect(limit.take('a', 100, 0)).toBe(0);
    expect(limit.take('a', 100, 0)).toBe(6);
    expect(limit.take('a', 1, 5_100)).toBe(0);
  });

  it('never lets more in than burst and rate allow, and never refuses who keeps to the rate', () => {
    const limit = new RateLimit({ perSecond: 5, burst: 10 });
    let nowMs = 0;
    let taken = 0;
    for (let turn = 0; turn < 5000; turn += 1) {
      nowMs += (turn * 7919) % 311;
      if (limit.take('hasty', 1, nowMs) === 0) taken += 1;
      expect(taken).toBeLessThanOrEqual(10 + (nowMs / 1000) * 5 + 0.01);
      expect(limit.take('steady', 1, turn * 200)).toBe(0);
    }
    expect(taken).toBeLessThan(5000);
  });

  it('takes no more memory for a million made-up names', () => {
    const limit = new RateLimit({ perSecond: 1, burst: 1, mostKeys: 1000 });
    for (let made = 0; made < 1_000_000; made += 1) limit.take(`made-up-${String(made)}`, 1, 0);
    expect(limit.size).toBe(1000);
  });

  it('is none at 0', () => {
    const limit = new RateLimit({ perSecond: 0, burst: 0 });
    expect([0, 0, 0].map(() => limit.take('a', 1, 0))).toEqual([0, 0, 0]);
  });
});

describe('an address', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, counted) => {
    expect(neighbourhoodOf(address)).toBe(counted);
  });
});
