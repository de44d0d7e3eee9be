import { describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { SessionAccount, type AskAccount } from './account.ts';
import { RecentIds } from './recent-ids.ts';

/** A log of ids and a screen that applies them; positions are offsets. Answers at most 2,000 ids, as the gateway does. */
class Session {
  readonly log: string[] = [];
  readonly ids = new RecentIds(20_000);
  asked = 0;
  refuse: Fault | undefined;
  /** Happens while an answer is on its way. */
  meanwhile: () => void = () => undefined;
  readonly ask: AskAccount = async ({ from, to }) => {
    this.asked += 1;
    this.meanwhile();
    await Promise.resolve();
    if (this.refuse !== undefined) throw this.refuse;
    const end = Math.min(Number(to), Number(from) + 2000);
    return { ids: this.log.slice(Number(from), end), ...(end < Number(to) ? { next: String(end) } : {}) };
  };
  readonly account = new SessionAccount({ ask: this.ask, has: (id) => this.ids.has(id) });

  constructor() {
    this.frame(0);
  }

  /** So many events in one frame; `lost` of them do not reach the screen. */
  frame(events: number, lost = 0): void {
    for (let event = 0; event < events; event += 1) {
      const id = `e${String(this.log.length)}`;
      this.log.push(id);
      if (event >= lost) this.ids.add(id);
    }
    this.account.applied(String(this.log.length), this.log.length, events - lost);
  }
}

describe('the account of a session', () => {
  it('counts on from where it was, over any number of answers', async () => {
    const session = new Session();
    session.frame(5000);
    expect(await session.account.check()).toEqual({
      inLog: 5000,
      applied: 5000,
      missed: [],
      sinceMs: 0,
      checkedAtMs: 5000,
      complete: true,
    });
    expect(session.asked).toBe(3);
    session.frame(10, 2);
    expect(await session.account.check()).toMatchObject({ inLog: 5010, applied: 5008, missed: ['e5000', 'e5001'] });
    await session.account.check();
    expect(session.asked).toBe(4);
  });

  it('is none as long as nobody answered: a refusal must not look like nothing missed', async () => {
    const session = new Session();
    session.frame(3);
    session.refuse = new Fault('unauthenticated', 'not with a ticket');
    await expect(session.account.check()).rejects.toThrow('not with a ticket');
    expect(session.account.get()).toBeUndefined();
    session.refuse = undefined;
    expect(await session.account.check()).toMatchObject({ inLog: 3, applied: 3 });
  });

  it('says that it is not whole rather than that what it has forgotten was missed', async () => {
    const session = new Session();
    for (let frame = 0; frame < 70; frame += 1) session.frame(500);
    const { inLog, applied, missed, complete } = await session.account.check();
    expect([applied, missed, complete]).toEqual([inLog, [], false]);
    expect(inLog).toBeGreaterThan(18_000);
    expect(inLog).toBeLessThanOrEqual(20_000);
  });

  it('takes no answer for true whose ids may have been forgotten on its way', async () => {
    const session = new Session();
    for (let frame = 0; frame < 20; frame += 1) session.frame(900);
    session.meanwhile = () => {
      for (let frame = 0; frame < 10; frame += 1) session.frame(900);
    };
    const { inLog, applied, complete } = await session.account.check();
    expect([applied, complete]).toEqual([inLog, false]);
  });

  it('begins anew where the two cannot be compared, and waits where they can later', async () => {
    const session = new Session();
    session.frame(10, 10);
    session.refuse = new Fault('unavailable', 'away');
    await expect(session.account.check()).rejects.toMatchObject({ kind: 'unavailable' });
    session.refuse = new Fault('conflict', 'another log');
    expect(await session.account.check()).toMatchObject({ inLog: 0, missed: [], complete: false });
    session.refuse = undefined;
    session.frame(5, 1);
    expect(await session.account.check()).toMatchObject({ inLog: 5, applied: 4, missed: ['e10'], complete: false });
  });

  it('begins anew for whoever comes next, also while an answer about the one before is on its way', async () => {
    const session = new Session();
    session.frame(10, 10);
    session.meanwhile = () => {
      session.meanwhile = () => undefined;
      session.account.forget();
      session.frame(5);
    };
    await expect(session.account.check()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(session.account.get()).toBeUndefined();
    session.frame(5, 1);
    expect(await session.account.check()).toMatchObject({ inLog: 5, applied: 4, missed: ['e15'], complete: true });
  });

  it('is taken by itself while somebody listens, also before too much has come', async () => {
    const session = new Session();
    session.frame(3);
    const heard: (number | undefined)[] = [];
    const told = () => new Promise<void>((resolve) => (tell = resolve));
    let tell: () => void = () => undefined;
    const first = told();
    const end = session.account.subscribe(() => {
      heard.push(session.account.get()?.inLog);
      tell();
    });
    await first;
    const second = told();
    session.frame(10_000);
    await second;
    end();
    session.frame(10_000);
    expect(heard).toEqual([3, 10_003]);
    expect(session.asked).toBe(6);
  });
});
