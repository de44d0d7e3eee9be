import { describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { leftOf, nextStep, shownCode } from './pairing.ts';

const given = { deviceCode: 'd', userCode: 'WDJB-MJHT', expiresAtMs: 600_000, intervalS: 3 };
const code = shownCode(given, 0);

describe('a code on a screen', () => {
  it('counts down in minutes and seconds, and stops at zero', () => {
    expect(leftOf(600_000, 0, '.')).toBe('10.00');
    expect(leftOf(600_000, 353_001, ':')).toBe('4:07');
    expect(leftOf(600_000, 700_000, '.')).toBe('0.00');
  });

  it.each([-3_600_000, 600_001])('counts nothing down when the clocks disagree (now %d)', (nowMs) => {
    expect(shownCode(given, nowMs).untilMs).toBeUndefined();
  });

  it('is asked after until somebody has typed it', () => {
    expect(nextStep(code, 'pending', 1000)).toEqual({ do: 'ask-again', inMs: 3000 });
  });

  it('is replaced when its time is over, or when the server knows it no more', () => {
    expect(nextStep(code, 'pending', 600_000)).toEqual({ do: 'new-code', inMs: 0 });
    expect(nextStep(code, new Fault('not-found', 'gone'), 1000)).toEqual({ do: 'new-code', inMs: 0 });
  });

  it('outlives a server that is away, and gives a busy one the time it asks for', () => {
    expect(nextStep(code, new Fault('unavailable', 'away'), 1000)).toEqual({ do: 'ask-again', inMs: 5000 });
    const busy = new Fault('too-many', 'slow down', { retryAfterS: 20 });
    expect(nextStep(code, busy, 1000)).toEqual({ do: 'ask-again', inMs: 20_000 });
  });
});
