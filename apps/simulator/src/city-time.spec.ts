import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CityClock, dayStartMs, lastMorningMs } from './city-time.ts';

const at = (text: string) => Date.parse(text);

describe('city days', () => {
  it('begin at midnight WIB', () => {
    expect(dayStartMs(at('2026-11-21T16:59:59Z'))).toBe(at('2026-11-20T17:00:00Z'));
    expect(dayStartMs(at('2026-11-21T17:00:00Z'))).toBe(at('2026-11-21T17:00:00Z'));
  });

  it('of work begin at 05:00 WIB, and are replayed once two hours are over', () => {
    expect(lastMorningMs(at('2026-11-21T23:59:59Z'))).toBe(at('2026-11-20T22:00:00Z'));
    expect(lastMorningMs(at('2026-11-22T00:00:00Z'))).toBe(at('2026-11-21T22:00:00Z'));
    expect(lastMorningMs(at('2026-11-22T16:00:00Z'))).toBe(at('2026-11-21T22:00:00Z'));
  });
});

describe('CityClock', () => {
  it('is the real time at speed 1', () => {
    const clock = new CityClock({ speed: 1, fromMs: 0, realMs: 1_000_000 });
    clock.advance(9_000_000, true);
    expect([clock.nowMs, clock.live]).toEqual([9_000_000, true]);
  });

  it('replays until it has caught up, waits while held, and never passes the real time', () => {
    const step = fc.record({ elapsedMs: fc.integer({ min: 0, max: 5000 }), held: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1000 }), fc.array(step), (speed, steps) => {
        const clock = new CityClock({ speed, fromMs: 0, realMs: 600_000 });
        let realMs = 600_000;
        for (const { elapsedMs, held } of steps) {
          const before = { cityMs: clock.nowMs, live: clock.live };
          realMs += elapsedMs;
          clock.advance(realMs, held);
          expect(clock.nowMs).toBeLessThanOrEqual(realMs);
          expect(clock.nowMs).toBeGreaterThanOrEqual(before.cityMs);
          if (before.live) expect(clock.nowMs).toBe(realMs);
          else if (held) expect(clock.nowMs).toBe(before.cityMs);
          else expect(clock.nowMs).toBe(Math.min(realMs, before.cityMs + Math.min(60_000, elapsedMs * speed)));
        }
      }),
    );
  });
});
