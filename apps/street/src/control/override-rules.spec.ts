import { describe, expect, it } from '@jest/globals';
import { OverriddenThing } from '@siaga/contracts';
import fc from 'fast-check';
import { heard } from './confirming.ts';
import {
  disputed,
  ended,
  handedOut,
  holderOf,
  nextLookMs,
  passed,
  readdressed,
  takenOver,
  takes,
} from './override-rules.ts';
import { tallyOf, thingSaid } from './override-said.ts';
import { MINUTE, override, report, row, states, T } from './override.harness.ts';
import { commandIdOf, failed, type Override } from './step.ts';

const all = new Set(['lamp:A', 'lamp:B']);
const dark = { lamp: { levelPercent: 0 } };
const lit = { lamp: { levelPercent: 100 } };
/** Its controllers fetch what there is for these things. */
const fetched = (one: Override, things: ReadonlySet<string>, nowMs: number) => {
  const some = one.things.filter(({ thing }) => things.has(thing));
  const commandIds = new Set(some.map((thing) => commandIdOf(one.overrideId, thing)));
  return handedOut(one, { commandIds, seq: 1 }, nowMs);
};

describe('an override', () => {
  it('waits, and is sent once its controller has it', () => {
    const sent = fetched(override([row('A'), row('B')]), new Set(['lamp:A']), T + 1000);
    expect(states(sent)).toEqual(['sent', 'waiting']);
    // the way there, fetched a moment before it was ended, is not the way back
    const commandIds = new Set(['PRL-00000001/lamp:A/override']);
    const back = ended(sent, 'p2', T + 2000);
    expect(handedOut(back, { commandIds, seq: 2 }, T + 3000)).toBe(back);
  });

  it('is told twice, an interval and half a minute apart, and then given up', () => {
    const sent = fetched(override([row('A')]), all, T + 1000);
    expect(nextLookMs(sent, T)).toBe(T + 91_000);
    expect(passed(sent, T + 90_999)).toBe(sent);
    const again = passed(sent, T + 91_000);
    expect(again.things[0]?.applied).toMatchObject({ state: 'sent', askedAtMs: T + 91_000, tries: 2 });
    expect(again.things[0]?.applied.seq).toBeUndefined();
    const late = passed(again, T + 181_000);
    expect(states(late)).toEqual(['timed-out']);
    expect(nextLookMs(late, T + 181_000)).toBe(late.untilMs);
    expect(states(heard(late, report('lamp:A', dark, T + 200_000), 0))).toEqual(['confirmed']);
    // who comes late has it, and another interval to show it
    const back = fetched(late, all, T + 300_000);
    expect(back.things[0]?.applied).toMatchObject({ state: 'sent', atMs: T + 300_000 });
    expect(nextLookMs(back, T + 300_000)).toBe(T + 390_000);
  });

  it('goes with its lamps to whoever answers for them, told anew; nobody is the reason where there is nobody', () => {
    const sent = fetched(override([row('A'), row('B')]), all, T + 1000);
    const lost = readdressed(sent, new Map([['lamp:A', undefined]]), T + 2000);
    expect(lost.things[0]?.applied).toMatchObject({ state: 'failed', because: 'no-controller', atMs: T + 2000 });
    expect(readdressed(lost, new Map([['lamp:A', undefined]]), T + 3000)).toBe(lost);
    expect(passed(lost, T + 20 * MINUTE)).toMatchObject({
      phase: 'active',
      things: [{ applied: { state: 'failed' } }, {}],
    });
    for (const to of ['C-A', 'C-new']) {
      const found = readdressed(lost, new Map([['lamp:A', { controllerId: to, intervalS: 30 }]]), T + 3000);
      expect(found.things[0]).toMatchObject({
        controllerId: to,
        intervalS: 30,
        applied: { state: 'waiting', tries: 1 },
      });
      expect(found.things[0]?.applied.because).toBeUndefined();
      expect(found.things[1]).toBe(sent.things[1]);
    }
    // the way back of one that is lost is looked for until it is back by itself
    const back = readdressed(ended(lost, 'p2', T + MINUTE), new Map([['lamp:A', undefined]]), T + MINUTE);
    expect(states(back)).toEqual(['failed', 'waiting']);
    expect(back.phase).toBe('restoring');
    const over = passed(back, back.untilMs + 20 * MINUTE);
    expect(over.things[0]).toMatchObject({ restored: { state: 'failed', because: 'no-controller' } });
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
    expect(nextLookMs(over, over.untilMs)).toBeUndefined();
    expect(passed(over, over.untilMs * 2)).toBe(over);
  });

  it('may be ended by anybody, once', () => {
    const back = ended(override([row('A')]), 'p2', T + MINUTE);
    expect(back).toMatchObject({ phase: 'restoring', endedBy: 'p2', endedAtMs: T + MINUTE });
    expect(ended(back, 'p3', T + 2 * MINUTE)).toBe(back);
  });

  it('that is ended early waits for a controller that is away, until it is back by itself and could have said so', () => {
    const back = ended(heard(override([row('A')]), report('lamp:A', dark), 0), 'p2', T + 5 * MINUTE);
    expect(nextLookMs(back, T + 5 * MINUTE)).toBe(back.untilMs);
    const later = passed(back, back.untilMs - 1);
    expect(later).toMatchObject({ phase: 'restoring', things: [{ restored: { state: 'waiting' } }] });
    // it comes back an hour before the end, is told, and shows it
    const told = fetched(back, all, T + 30 * MINUTE);
    expect(states(told)).toEqual(['sent']);
    const home = passed(heard(told, report('lamp:A', lit, T + 31 * MINUTE), 100), T + 31 * MINUTE);
    expect(home).toMatchObject({ phase: 'over', things: [{ restored: { state: 'confirmed' } }] });
    // or nobody hears of it again
    const asked = passed(back, back.untilMs);
    expect(asked).toMatchObject({ phase: 'restoring', things: [{ restored: { state: 'waiting', tries: 2 } }] });
    const lost = passed(asked, back.untilMs + 90_000);
    expect(lost).toMatchObject({ phase: 'over', things: [{ restored: { state: 'timed-out' } }] });
  });

  it('that is ended early is asked back each interval by a controller that had it and does not show it, also where it failed', () => {
    const back = fetched(ended(override([row('A')]), 'p2', T + MINUTE), all, T + 2 * MINUTE);
    const events = [{ eventType: 'supplyLoss', startEndFlag: 'start' as const, atMs: T + 2 * MINUTE + 1 }];
    const failing = heard(back, report('lamp:A', { events }, T + 2 * MINUTE + 1), 100);
    for (const one of [back, failing]) {
      const lookMs = nextLookMs(one, T + 2 * MINUTE) ?? 0;
      const again = passed(one, lookMs);
      expect(again.phase).toBe('restoring');
      expect(again.things[0]?.restored).toMatchObject({ state: states(one)[0], tries: 2 });
      expect(again.things[0]?.restored?.seq).toBeUndefined();
      expect(nextLookMs(again, lookMs)).toBe(one.untilMs);
      expect(states(heard(again, report('lamp:A', lit, lookMs), 100))).toEqual(['confirmed']);
    }
    const gone = passed(passed(failing, failing.untilMs), failing.untilMs + 90_000);
    expect(gone).toMatchObject({ phase: 'over', things: [{ restored: { state: 'failed', because: 'supplyLoss' } }] });
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

  it('comes to its end whatever is heard, lost, repeated or ended on the way, and never before its way back is sure', () => {
    const anyStep = fc.oneof(
      fc.constant((one: Override, nowMs: number) => fetched(one, all, nowMs)),
      fc.constantFrom(0, 50, 100).map((levelPercent) => (one: Override, nowMs: number) => heard(one, report('lamp:A', { lamp: { levelPercent } }, nowMs), one.phase === 'active' ? 0 : 100)), // prettier-ignore
      fc.constant((one: Override, nowMs: number) => heard(one, report('lamp:B', { events: [{ eventType: 'supplyLoss', startEndFlag: 'start', atMs: nowMs }] }, nowMs), 100)), // prettier-ignore
      fc.constant((one: Override) => takenOver(one, new Set(['lamp:B']), 'PRL-00000002')),
      fc.constant((one: Override, nowMs: number) => ended(one, 'p2', nowMs)),
      fc.constant((one: Override) => one),
    );
    const isSure = ({ restored, replacedBy }: Override['things'][number]) =>
      replacedBy !== undefined || restored?.state === 'confirmed';
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
          // nobody is given up who still holds it
          if (one.phase === 'over' && nowMs < one.untilMs) expect(one.things.every(isSure)).toBe(true);
          expect(one.things.every((thing) => OverriddenThing.safeParse(thingSaid(thing)).success)).toBe(true);
        }
        for (let looks = 0; nextLookMs(one, nowMs) !== undefined; looks += 1) {
          expect(looks).toBeLessThan(20);
          nowMs = Math.max(nextLookMs(one, nowMs) ?? 0, nowMs);
          one = passed(one, nowMs);
        }
        expect(one.phase).toBe('over');
        for (const thing of one.things)
          expect(thing.replacedBy !== undefined || ['confirmed', 'failed', 'timed-out'].includes(thing.restored?.state ?? '')).toBe(true); // prettier-ignore
      }),
      { numRuns: 300 },
    );
  });
});

describe('overrides that name the same things', () => {
  it('are told apart by which is later, and of equals by their ids: one has each thing, whoever looks first', () => {
    const lamps = ['A', 'B', 'C'] as const;
    const anyOverride = fc.record({
      order: fc.integer({ min: 1, max: 3 }),
      lampIds: fc.subarray([...lamps], { minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(anyOverride, { minLength: 2, maxLength: 5 }), fc.infiniteStream(fc.nat()), (some, dice) => {
        const open = new Map(
          some.map(({ order, lampIds }, at) => {
            const overrideId = `PRL-0000000${String(at)}`;
            return [overrideId, override(lampIds.map((lampId) => row(lampId)), { overrideId, order })]; // prettier-ignore
          }),
        );
        const names = [...open.keys()].sort((a, b) => ((dice.next().value ?? 0) % 2 === 0 ? 1 : -1) * a.localeCompare(b)); // prettier-ignore
        for (const name of names)
          for (const other of names) {
            const [mine, his] = [open.get(name), open.get(other)];
            if (mine === undefined || his === undefined || name === other) continue;
            const things = disputed(mine, his);
            const [winner, loser] = holderOf(mine, his) === mine ? [mine, his] : [his, mine];
            open.set(winner.overrideId, takes(winner, things, loser.overrideId));
            open.set(loser.overrideId, takenOver(loser, things, winner.overrideId));
          }
        for (const lampId of lamps) {
          const naming = [...open.values()].filter(({ things }) => things.some(({ thing }) => thing === `lamp:${lampId}`)); // prettier-ignore
          if (naming.length === 0) continue;
          const holders = naming.filter((one) => one.things.some(({ thing, replacedBy }) => thing === `lamp:${lampId}` && replacedBy === undefined)); // prettier-ignore
          expect(holders).toEqual([naming.reduce(holderOf)]);
        }
      }),
    );
  });
});
