import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PrincipalChanged, SessionEnded, TruckMoved, type Agency, type Role } from '@siaga/contracts';
import type { LinkState, Live } from '@siaga/live';
import { signTicket, type Principal, type RunningService } from '@siaga/service';
import { eventually } from '@siaga/testing';
import { OpenCity, secret, tokenOf } from './open-city.ts';

// Who may do less than a moment ago sees less than a moment ago, on every open screen, within two seconds.

const WITHIN_MS = 2000;
let city: OpenCity;
let gateway: RunningService;
let version = 0;
let count = 0;

interface Standing {
  agencies: readonly Agency[];
  roles: readonly Role[];
  blocked: boolean;
  reveal: Principal['reveal'];
}

/** The log says so of him from now on; what is not told is as his token says. */
const becomes = ({ id, agencies, roles }: Principal, now: Partial<Standing> = {}) => {
  const { reveal, ...rest } = { agencies, roles, blocked: false, ...now };
  const told = reveal === undefined ? {} : { reveal: { classes: [...reveal.classes], untilMs: reveal.untilMs } };
  return city.publish(PrincipalChanged, {
    ...{ principalId: id, kind: 'person', version: (version += 1), blocked: rest.blocked },
    ...{ agencies: [...rest.agencies], roles: [...rest.roles], ...told },
  });
};
const aTruckMoves = async () => {
  const truckId = `T${String((count += 1))}`;
  await city.publish(TruckMoved, { truckId, atMs: Date.now(), lat: -7.7, lng: 113.2, protocol: 'osmand' });
  return truckId;
};
const trucksOn = (live: Live) => [...live.latest(TruckMoved).get().keys()];
const statesOf = (live: Live) => {
  const states: LinkState[] = [live.status.get().state];
  live.status.subscribe(() => states.push(live.status.get().state));
  return states;
};
/** A screen of his that shows the trucks. */
const aScreenOf = async (who: Principal) => {
  const live = city.screen(gateway.url, () => tokenOf(who));
  await eventually(() => expect(trucksOn(live)).toContain('T1'));
  return live;
};
const aRawScreenOf = async (who: Principal) => {
  const screen = city.rawScreen(gateway.url, await tokenOf(who));
  await screen.subscribe();
  return screen;
};

beforeAll(async () => {
  city = await OpenCity.begin();
  gateway = await city.gateway();
  await aTruckMoves();
});
afterAll(() => city.close());

describe('somebody who is blocked', () => {
  it('is shown nothing any more on any screen, is told why, and comes back once he may', async () => {
    const who = city.somebody({ agencies: ['dlh'] });
    const [live, raw] = [await aScreenOf(who), await aRawScreenOf(who)];
    await becomes(who, { blocked: true });
    await eventually(() => {
      expect(live.status.get()).toMatchObject({ state: 'signed-out', reason: expect.stringContaining('diblokir') });
      expect([raw.isOpen, raw.ended?.status]).toEqual([false, 401]);
    }, WITHIN_MS);
    expect([trucksOn(live), live.status.get().lastFrameAt]).toEqual([[], undefined]);

    live.retry();
    await eventually(() => expect(live.status.get().state).toBe('connecting'));
    await eventually(() => expect(live.status.get().state).toBe('signed-out'), WITHIN_MS);
    await becomes(who);
    await eventually(() => {
      live.retry();
      expect(live.status.get().state).not.toBe('signed-out');
    });
    await eventually(() => expect(trucksOn(live)).toContain('T1'));
    expect(live.status.get()).toMatchObject({ state: 'live' });
    expect(live.status.get().missed).toBeUndefined();
  });

  it('does not come in with a ticket from before, and gets nothing of what he missed', async () => {
    const who = city.somebody({ agencies: ['dlh'] });
    const before = await aRawScreenOf(who);
    const ticket = await signTicket(who, secret, Date.now() + 600_000);
    const { position: since } = before;
    before.leave();
    await becomes(who, { blocked: true });
    await eventually(async () => {
      const screen = city.rawScreen(gateway.url, ticket);
      await eventually(() => expect(screen.refused).toMatchObject({ status: 401 }), WITHIN_MS);
    }, WITHIN_MS);
    await becomes(who, { agencies: ['polres'] });
    await aTruckMoves();
    const again = await eventually(async () => {
      const screen = city.rawScreen(gateway.url, ticket);
      await eventually(() => expect(screen.isOpen).toBe(true), 500);
      return screen;
    });
    expect(await again.subscribe({ since })).toMatchObject({ recovered: false });
    expect(again.told).toEqual([]);
  });

  it('does not slip through while he connects', async () => {
    const who = city.somebody({ agencies: ['dlh'] });
    const token = await tokenOf(who);
    const screens = Array.from({ length: 20 }, () => city.rawScreen(gateway.url, token));
    const blocked = becomes(who, { blocked: true });
    screens.push(...Array.from({ length: 20 }, () => city.rawScreen(gateway.url, token)));
    await blocked;
    await eventually(() => {
      for (const screen of screens)
        expect([screen.isOpen, screen.refused ?? screen.ended]).toMatchObject([false, { status: 401 }]);
    }, WITHIN_MS);
  });
});

describe('a session that is ended', () => {
  it('ends its screens, and leaves those of his other sessions alone', async () => {
    const here = city.somebody({ agencies: ['dlh'] });
    const there = { ...here, sessionId: 'another-session' };
    const [ended, kept] = [await aScreenOf(here), await aScreenOf(there)];
    const states = statesOf(kept);
    await city.publish(SessionEnded, { sessionId: `${here.id}-session`, principalId: here.id, atMs: Date.now() });
    await eventually(() => {
      expect(ended.status.get()).toMatchObject({ state: 'signed-out', reason: expect.stringContaining('sesi ini') });
    }, WITHIN_MS);
    const truckId = await aTruckMoves();
    await eventually(() => expect(trucksOn(kept)).toContain(truckId));
    expect([new Set(states), trucksOn(ended)]).toEqual([new Set(['live']), []]);
  });
});

describe('somebody who may do something else', () => {
  it('sees what he may see now, on the same connection', async () => {
    const who = city.somebody({ agencies: ['dlh'] });
    const live = await aScreenOf(who);
    const states = statesOf(live);
    await becomes(who, { agencies: ['polres'] });
    await eventually(() => expect(trucksOn(live)).toEqual([]), WITHIN_MS);
    await becomes(who, { agencies: [], roles: ['city-admin'] });
    await eventually(() => expect(trucksOn(live)).toContain('T1'), WITHIN_MS);
    const truckId = await aTruckMoves();
    await eventually(() => expect(trucksOn(live)).toContain(truckId));
    expect(new Set(states)).toEqual(new Set(['live']));
  });

  it('is left alone when that changes nothing of what he sees', async () => {
    const who = city.somebody({ agencies: ['dlh'], roles: ['call-taker'] });
    const raw = await aRawScreenOf(who);
    const { epoch } = raw;
    await becomes(who, { roles: ['dispatcher'] });
    await becomes(who, { roles: ['viewer'] });
    await eventually(() => expect(raw.epoch).not.toBe(epoch), WITHIN_MS);
    expect(raw.snapshots).toBe(2);
  });

  it('is told nothing of the time he was away for, if he may not see it now', async () => {
    const who = city.somebody({ agencies: ['dlh'] });
    const before = await aRawScreenOf(who);
    const { position: since } = before;
    before.leave();
    await becomes(who, { agencies: ['polres'] });
    await aTruckMoves();
    const again = await aRawScreenOf(who);
    await eventually(() => expect(again.epoch).not.toBe(before.epoch), WITHIN_MS);
    expect(await again.subscribe({ since })).toMatchObject({ recovered: false });
    const later = again.frames.slice(again.frames.findIndex(({ position }) => position.includes(again.epoch)));
    expect(later.flatMap(({ latest, every }) => [...latest, ...every])).toEqual([]);
  });
});

describe('fields uncovered for a while', () => {
  const aMinute = () => ({ classes: ['health' as const], untilMs: Date.now() + 60_000 });

  it('are covered again when the time is over, without anybody saying so', async () => {
    const who = city.somebody({ agencies: ['dlh'], roles: ['supervisor'] });
    const raw = await aRawScreenOf(who);
    const covered = raw.epoch;
    const untilMs = Date.now() + 1500;
    await becomes(who, { reveal: { classes: ['personal', 'health'], untilMs } });
    await eventually(() => expect(raw.epoch).not.toBe(covered), WITHIN_MS);
    const uncovered = raw.epoch;
    await eventually(() => expect(raw.epoch).toBe(covered), untilMs - Date.now() + WITHIN_MS);
    expect(Date.now()).toBeGreaterThanOrEqual(untilMs);
    expect([raw.isOpen, raw.snapshots, uncovered === covered]).toEqual([true, 3, false]);
  });

  it('are covered again when they are taken back early, on screens that came meanwhile, too', async () => {
    const who = city.somebody({ agencies: ['dlh'], roles: ['supervisor'] });
    const before = await aRawScreenOf(who);
    const covered = before.epoch;
    await becomes(who, { reveal: aMinute() });
    await eventually(() => expect(before.epoch).not.toBe(covered), WITHIN_MS);
    const meanwhile = await aRawScreenOf(who);
    expect(meanwhile.epoch).toBe(before.epoch);
    await becomes(who);
    await eventually(() => expect([before.epoch, meanwhile.epoch]).toEqual([covered, covered]), WITHIN_MS);
  });
});

describe('a machine where nobody has to sign in', () => {
  it('is signed out once the city has an administrator', async () => {
    const home = await OpenCity.begin();
    try {
      const { url } = await home.gateway({ signIn: 'none' });
      const live = home.screen(url, () => Promise.resolve(undefined));
      await eventually(() => expect(live.status.get().state).toBe('live'));
      await home.publish(PrincipalChanged, {
        ...{
          principalId: 'administrator',
          kind: 'person',
          agencies: [],
          roles: ['city-admin'],
          blocked: false,
          version: 1,
        },
      });
      await eventually(() => expect(live.status.get().state).toBe('signed-out'), WITHIN_MS);
    } finally {
      await home.close();
    }
  });
});
