import { describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { inLine } from './one-at-a-time.ts';
import { Renewal, type Renewed } from './renewal.ts';

const refused = () => Promise.reject(new Fault('unauthenticated', 'this token has expired'));

/** A browser whose access token is good or not; its tabs share what storage and locks share. */
class Browser {
  readonly exclusively = inLine();
  nowMs = 1_000_000;
  renewed: Renewed | undefined;
  renewals = 0;
  good = true;
  sessionOver = false;
  /** The server's clock is ahead of ours by so much. */
  skewMs = 0;

  tab(): Renewal {
    return new Renewal({
      exclusively: this.exclusively,
      shared: { get: () => this.renewed, set: (renewed) => (this.renewed = renewed) },
      nowMs: () => this.nowMs,
      renew: async () => {
        this.renewals += 1;
        await Promise.resolve();
        if (this.sessionOver) return refused();
        this.nowMs += 5;
        this.good = true;
        return this.nowMs + this.skewMs + 600_000;
      },
    });
  }

  readonly call = () => (this.good ? Promise.resolve('done') : refused());
}

describe('renewing a session', () => {
  it('happens once for a refused call, which is then made again', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    expect(await tab.around(browser.call)).toBe('done');
    expect(browser.renewals).toBe(0);
    browser.good = false;
    expect(await tab.around(browser.call)).toBe('done');
    expect(browser.renewals).toBe(1);
  });

  it('happens once for many calls in many tabs at the same time', async () => {
    const browser = new Browser();
    const tabs = [browser.tab(), browser.tab(), browser.tab()];
    browser.good = false;
    const calls = tabs.flatMap((tab) => [tab.around(browser.call), tab.around(browser.call)]);
    expect(await Promise.all(calls)).toEqual(Array(6).fill('done'));
    expect(browser.renewals).toBe(1);
  });

  it('ends with the session: the call is refused, and neither is tried again', async () => {
    const browser = new Browser();
    browser.good = false;
    browser.sessionOver = true;
    await expect(browser.tab().around(browser.call)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(browser.renewals).toBe(1);
  });

  it('does not take another fault for the end of a session', async () => {
    const browser = new Browser();
    const call = () => Promise.reject(new Fault('unavailable', 'away'));
    await expect(browser.tab().around(call)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(browser.renewals).toBe(0);
  });

  it('is refused to a call that a renewal does not help', async () => {
    const browser = new Browser();
    await expect(browser.tab().around(refused)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(browser.renewals).toBe(1);
  });

  it.each([
    ['a minute before the end', 0, 540_000],
    ['after nine minutes at most, when our clock is slow', 3_600_000, 540_000],
    ['not at once and again, when our clock is fast', -3_600_000, 30_000],
  ])('is due %s', async (_, skewMs, dueInMs) => {
    const browser = new Browser();
    browser.skewMs = skewMs;
    await browser.tab().renew();
    expect(browser.tab().dueInMs()).toBe(dueInMs);
  });

  it('is left out when another tab was first', async () => {
    const browser = new Browser();
    await browser.tab().renewWhenDue();
    await browser.tab().renewWhenDue();
    expect(browser.renewals).toBe(1);
  });

  it('is due soon when nobody knows how long the token is good', () => {
    expect(new Browser().tab().dueInMs()).toBe(30_000);
  });
});
