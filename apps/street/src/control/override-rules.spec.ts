import { describe, expect, it } from '@jest/globals';
import { OverriddenThing, type StreetTelemetry } from '@siaga/contracts';
import fc from 'fast-check';
import { commandsAfter } from './control-commands.ts';
import type { Held } from './open-overrides.ts';
import {
  ended,
  failed,
  fetched,
  heard,
  issued,
  nextLookMs,
  passed,
  stepOf,
  takenOver,
  tallyOf,
  thingSaid,
  type Override,
  type Row,
} from './override-rules.ts';

const T = 1_800_000_000_000;
const MINUTE = 60_000;
const row = (lampId: string, over: Partial<Row> = {}): Row => ({
  ...{ thing: `lamp:${lampId}`, lamps: 1, controllerId: `C-${lampId}`, intervalS: 60, watt: 90, applied: issued(T) },
  ...over,
});
const override = (things: Row[], over: Partial<Override> = {}): Override => ({
  ...{ overrideId: 'PRL-00000001', levelPercent: 0, reason: 'galian', by: 'p1', takenAtMs: T },
  ...{ untilMs: T + 60 * MINUTE, phase: 'active', things, ...over },
});
const report = (thing: string, over: Partial<StreetTelemetry>, atMs = T + MINUTE): StreetTelemetry => ({
  ...{ telemetryId: 'r', protocol: 'street', deviceId: 'C', thing, atMs, receivedAtMs: atMs, events: [], ...over },
});
const states = ({ things }: Override) => things.map((one) => stepOf(one).state);
const all = new Set(['lamp:A', 'lamp:B']);

describe('an override', () => {
  it('waits, is sent, and is confirmed by what is measured and by nothing else', () => {
    const sent = fetched(override([row('A'), row('B')]), new Set(['lamp:A']), T + 1000);
    expect(states(sent)).toEqual(['sent', 'waiting']);
    expect(heard(sent, report('lamp:A', { lamp: { commandedPercent: 0 } }), 0)).toBe(sent);
    expect(heard(sent, report('lamp:A', { lamp: { activePowerW: 88 } }), 0)).toBe(sent);
    expect(heard(sent, report('lamp:A', { lamp: { activePowerW: 1 } }, T - 1), 0)).toBe(sent);
    expect(states(heard(sent, report('lamp:A', { lamp: { activePowerW: 1 } }), 0))).toEqual(['confirmed', 'waiting']);
  });

  it.each([
    [100, { levelPercent: 97 }, true],
    [100, { levelPercent: 80 }, false],
    [50, { levelPercent: 52 }, true],
    [50, { activePowerW: 47 }, true],
    [50, { activePowerW: 88 }, false],
    [0, { levelPercent: 3 }, false],
    [0, { levelPercent: 0, activePowerW: 50 }, true],
    [3, { levelPercent: 0 }, false],
    [100, { activePowerW: 60 }, true],
  ])('told %d is so when %j is measured: %s', (target, lamp, isSo) => {
    const after = heard(override([row('A')], { levelPercent: target }), report('lamp:A', { lamp }), target);
    expect(states(after)).toEqual([isSo ? 'confirmed' : 'waiting']);
  });

  it('of a panel is confirmed by its contactor', () => {
    const panel = override([row('P', { thing: 'panel:P', lamps: 20 })]);
    expect(states(heard(panel, report('panel:P', { panel: { contactor: 'closed' } }), 0))).toEqual(['waiting']);
    expect(states(heard(panel, report('panel:P', { panel: { contactor: 'open' } }), 0))).toEqual(['confirmed']);
  });

  it('fails with what its controller says, and is confirmed after all when it works', () => {
    const events = [{ eventType: 'relayFailure', startEndFlag: 'start' as const, atMs: T + MINUTE }];
    const broken = heard(override([row('A')]), report('lamp:A', { events, lamp: { activePowerW: 88 } }), 0);
    expect(broken.things[0]?.applied).toMatchObject({ state: 'failed', because: 'relayFailure' });
    const mended = heard(broken, report('lamp:A', { lamp: { activePowerW: 0 } }, T + 2 * MINUTE), 0);
    expect(mended.things[0]?.applied).toEqual({ ...issued(T), state: 'confirmed', atMs: T + 2 * MINUTE });
    const before = [{ eventType: 'relayFailure', startEndFlag: 'start' as const, atMs: T - MINUTE }];
    expect(states(heard(override([row('A')]), report('lamp:A', { events: before }), 0))).toEqual(['waiting']);
  });

  it('is told twice, an interval and half a minute apart, and then given up', () => {
    const sent = fetched(override([row('A')]), all, T + 1000);
    expect(nextLookMs(sent)).toBe(T + 90_000);
    expect(passed(sent, T + 89_999)).toBe(sent);
    const again = passed(sent, T + 90_000);
    expect(again.things[0]?.applied).toMatchObject({ state: 'sent', issuedAtMs: T + 90_000, tries: 2 });
    const late = passed(again, T + 180_000);
    expect(states(late)).toEqual(['timed-out']);
    expect(nextLookMs(late)).toBe(late.untilMs);
    expect(states(heard(late, report('lamp:A', { lamp: { levelPercent: 0 } }, T + 200_000), 0))).toEqual(['confirmed']);
  });

  it('ends at its time: lamps go back, are shown to be back, and it is over', () => {
    const dark = heard(override([row('A'), row('B', { applied: failed('no-controller', T), controllerId: undefined })]), report('lamp:A', { lamp: { levelPercent: 0 } }), 0); // prettier-ignore
    const back = passed(dark, dark.untilMs + 500);
    expect(back).toMatchObject({ phase: 'restoring', endedAtMs: dark.untilMs });
    expect(back.endedBy).toBeUndefined();
    expect(back.things.map(({ restored }) => restored?.state)).toEqual(['waiting', undefined]);
    const lit = heard(back, report('lamp:A', { lamp: { levelPercent: 100 } }, dark.untilMs + MINUTE), 100);
    const over = passed(lit, dark.untilMs + MINUTE);
    expect(over.phase).toBe('over');
    expect(over.things[0]).toMatchObject({ applied: { state: 'confirmed' }, restored: { state: 'confirmed' } });
    expect(nextLookMs(over)).toBeUndefined();
    expect(passed(over, over.untilMs * 2)).toBe(over);
  });

  it('may be ended by anybody, once', () => {
    const back = ended(override([row('A')]), 'p2', T + MINUTE);
    expect(back).toMatchObject({ phase: 'restoring', endedBy: 'p2', endedAtMs: T + MINUTE });
    expect(ended(back, 'p3', T + 2 * MINUTE)).toBe(back);
  });

  it('that another took over whole is over, and gives nothing back', () => {
    const taken = takenOver(override([row('A'), row('B')]), new Set(['lamp:A']), 'PRL-00000002');
    expect(tallyOf(taken.things)).toMatchObject({ replaced: 1, waiting: 1 });
    expect(heard(taken, report('lamp:A', { lamp: { levelPercent: 0 } }), 0)).toBe(taken);
    const whole = passed(takenOver(taken, all, 'PRL-00000003'), T + 1);
    expect(whole.phase).toBe('over');
    expect(whole.things.map(({ replacedBy, restored }) => [replacedBy, restored])).toEqual([
      ['PRL-00000002', undefined],
      ['PRL-00000003', undefined],
    ]);
  });

  it('comes to its end whatever is heard, lost, repeated or ended on the way', () => {
    const anyStep = fc.oneof(
      fc.constant((one: Override, nowMs: number) => fetched(one, all, nowMs)),
      fc.constantFrom(0, 50, 100).map((levelPercent) => (one: Override, nowMs: number) => heard(one, report('lamp:A', { lamp: { levelPercent } }, nowMs), one.phase === 'active' ? 0 : 100)), // prettier-ignore
      fc.constant((one: Override) => takenOver(one, new Set(['lamp:B']), 'PRL-00000002')),
      fc.constant((one: Override, nowMs: number) => ended(one, 'p2', nowMs)),
      fc.constant((one: Override) => one),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(anyStep, fc.integer({ min: 1, max: 20 * MINUTE })), { maxLength: 30 }), (steps) => {
        let nowMs = T;
        let one = override([row('A'), row('B')]);
        for (const [step, laterMs] of steps) {
          nowMs += laterMs;
          const before = one;
          one = passed(step(one, nowMs), nowMs);
          if (before.phase === 'over') expect(one.phase).toBe('over');
          if (one.phase === 'active') expect(nowMs).toBeLessThan(one.untilMs);
          expect(one.things.every((thing) => OverriddenThing.safeParse(thingSaid(thing)).success)).toBe(true);
        }
        for (let looks = 0; nextLookMs(one) !== undefined; looks += 1) {
          expect(looks).toBeLessThan(20);
          one = passed(one, Math.max(nextLookMs(one) ?? 0, nowMs));
        }
        expect(one.phase).toBe('over');
        for (const thing of one.things)
          expect(thing.replacedBy !== undefined || ['confirmed', 'failed', 'timed-out'].includes(thing.restored?.state ?? '')).toBe(true); // prettier-ignore
      }),
    );
  });
});

describe('what a controller is told', () => {
  const heldOf = (one: Override): Held[] =>
    one.things.map((thing) => ({
      row: thing,
      override: { ...one, _id: one.overrideId } as unknown as Held['override'],
    }));
  const programmed = () => 100;

  it('is each command until it was fetched, and what it knows no more of when it begins anew', () => {
    const one = override([row('A'), row('B')]);
    const first = commandsAfter(heldOf(one), 0, programmed);
    expect(first.items).toMatchObject([
      { commandId: 'PRL-00000001/lamp:A/override', lampId: 'A', levelPercent: 0, reason: 'override' },
      { lampId: 'B', cmsRefId: 'PRL-00000001', expiration: new Date(one.untilMs).toISOString() },
    ]);
    expect(first.fetched).toEqual(new Map([['PRL-00000001', all]]));
    const sent = fetched(one, all, T + 1);
    expect(commandsAfter(heldOf(sent), Number(first.next), programmed)).toMatchObject({ items: [], next: first.next });
    // an answer that was lost, and a controller that lost its memory
    expect(commandsAfter(heldOf(sent), 0, programmed)).toMatchObject({ items: first.items, fetched: new Map() });
  });

  it('comes again when nobody confirmed it', () => {
    const sent = fetched(override([row('A')]), all, T + 1);
    const again = commandsAfter(heldOf(passed(sent, T + 90_000)), T, programmed);
    expect(again).toMatchObject({ items: [{ lampId: 'A' }], next: String(T + 90_000) });
  });

  it('is the programme’s level on the way back', () => {
    const back = ended(override([row('P', { thing: 'panel:P' })]), 'p2', T + MINUTE);
    const { items } = commandsAfter(heldOf(back), T, programmed);
    expect(items).toEqual([
      {
        ...{ commandId: 'PRL-00000001/panel:P/program', panelId: 'P', levelPercent: 100, reason: 'program' },
        ...{ cmsRefId: 'PRL-00000001', start: new Date(T + MINUTE).toISOString() },
      },
    ]);
  });
});
