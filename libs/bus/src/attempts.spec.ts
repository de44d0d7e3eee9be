import { describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { Attempts, untilAvailable } from './attempts.ts';

describe('failures of one piece of work', () => {
  it('are waited for without limit while something is unavailable, ever longer up to 5 s', () => {
    const attempts = new Attempts();
    const verdicts = Array.from({ length: 50 }, () => attempts.failed(new Fault('unavailable', 'away')));
    expect(verdicts.map(({ then }) => then)).toEqual(Array.from({ length: 50 }, () => 'wait'));
    expect(verdicts[0]).toEqual({ then: 'wait', retryInMs: 250 });
    expect(verdicts[49]).toEqual({ then: 'wait', retryInMs: 5000 });
  });

  it('of an unknown kind are given up after five tries within eight seconds', () => {
    const attempts = new Attempts();
    const waits = Array.from({ length: 4 }, () => attempts.failed(new TypeError('x')));
    expect(waits.reduce((sum, wait) => sum + ('retryInMs' in wait ? wait.retryInMs : Infinity), 0)).toBeLessThan(8000);
    expect(attempts.failed(new TypeError('x'))).toEqual({ then: 'give-up', attempts: 5 });
  });

  it('that are invalid are given up at once', () => {
    expect(new Attempts().failed(new Fault('invalid', 'no'))).toEqual({ then: 'give-up', attempts: 1 });
  });
});

describe('work that needs the log', () => {
  it('is done once the log is there, fails with what is wrong otherwise, and can be called off', async () => {
    let tries = 0;
    const flaky = () => (++tries < 2 ? Promise.reject(new Fault('unavailable', 'away')) : Promise.resolve(tries));
    await expect(untilAvailable(flaky, new AbortController().signal)).resolves.toBe(2);
    const broken = () => Promise.reject(new Fault('conflict', 'taken'));
    await expect(untilAvailable(broken, new AbortController().signal)).rejects.toThrow('taken');
    const off = new AbortController();
    const away = () => Promise.reject(new Fault('unavailable', 'away'));
    const waiting = untilAvailable(away, off.signal);
    off.abort();
    await expect(waiting).rejects.toThrow('abort');
  });
});
