import { describe, expect, it } from '@jest/globals';
import { CommandsQuery, ControllerCommands } from '@siaga/contracts';
import fc from 'fast-check';
import { commandsAfter } from './control-commands.ts';
import { ended, handedOut, passed } from './override-rules.ts';
import { heldOf, MINUTE, override, row, T } from './override.harness.ts';
import { commandIdOf, stepOf, type Override } from './step.ts';

const programmed = () => 100;
const of = (one: Override, after: number) => commandsAfter(heldOf(one), after, programmed);
/** As the store keeps that it was handed out. */
const told = (one: Override, after: number, nowMs: number): Override => {
  const { fresh, seq } = of(one, after);
  return [...fresh.values()].reduce((kept, commandIds) => handedOut(kept, { commandIds, seq }, nowMs), one);
};

describe('what a controller is told', () => {
  it('is each command until it was handed out, and what it knows no more of when it begins anew', () => {
    const one = override([row('A'), row('B')]);
    const first = of(one, 0);
    expect(first.items).toMatchObject([
      { commandId: 'PRL-00000001/lamp:A/override', lampId: 'A', levelPercent: 0, reason: 'override' },
      { lampId: 'B', cmsRefId: 'PRL-00000001', expiration: new Date(one.untilMs).toISOString() },
    ]);
    const sent = told(one, 0, T + 1);
    expect(of(sent, Number(first.next))).toMatchObject({ items: [], next: first.next });
    // an answer that was lost, and a controller that lost its memory
    expect(of(sent, 0)).toMatchObject({ items: first.items, next: first.next, fresh: new Map() });
  });

  it('comes again when nobody confirmed it', () => {
    const sent = told(override([row('A')]), 0, T);
    const again = passed(sent, T + 90_000);
    expect(of(sent, 1).items).toEqual([]);
    expect(of(again, 1)).toMatchObject({ items: [{ lampId: 'A' }], next: '2' });
  });

  it('is the programme’s level on the way back', () => {
    const back = ended(override([row('P', { thing: 'panel:P' })]), 'p2', T + MINUTE);
    expect(of(back, 7).items).toEqual([
      {
        ...{ commandId: 'PRL-00000001/panel:P/program', panelId: 'P', levelPercent: 100, reason: 'program' },
        ...{ cmsRefId: 'PRL-00000001', start: new Date(T + MINUTE).toISOString() },
      },
    ]);
  });

  it('is counted on from what it knows, whatever it knows it from', () => {
    const afterClock = told(override([row('A')]), T, T);
    expect(stepOf(afterClock.things[0] ?? row('A')).seq).toBe(T + 1);
    expect(of(afterClock, T + 1).items).toEqual([]);
    for (const after of ['yesterday', '-1', '1.5', '9e15'])
      expect(CommandsQuery.safeParse({ deviceId: 'C', after }).success).toBe(false);
  });

  it('reaches it whatever clocks do, answers are lost, and memory is', () => {
    const step = fc.record({
      clockMs: fc.integer({ min: -3 * 3_600_000, max: 3_600_000 }),
      what: fc.constantFrom('poll', 'lost', 'forget', 'look', 'end', 'take'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let nowMs = T;
        let taken = 1;
        let one = override([row('A'), row('B')]);
        let cursor = 0;
        let known = new Set<string>();
        for (const { clockMs, what } of steps) {
          nowMs += clockMs;
          if (what === 'end') one = ended(one, 'p2', nowMs);
          if (what === 'look') one = passed(one, nowMs);
          if (what === 'forget') [cursor, known] = [0, new Set()];
          if (what === 'take' && one.phase === 'over') {
            taken += 1;
            const over = { overrideId: `PRL-0000000${String(taken % 10)}`, order: taken, untilMs: nowMs + 60 * MINUTE };
            one = override([row('A'), row('B')], { ...over, takenAtMs: nowMs });
            known = new Set();
          }
          if (what !== 'poll' && what !== 'lost') continue;
          const open = one.phase === 'over' ? [] : heldOf(one);
          const answer = commandsAfter(open, cursor, programmed);
          expect(ControllerCommands.safeParse({ items: answer.items, next: answer.next }).success).toBe(true);
          expect(Number(answer.next)).toBeGreaterThanOrEqual(cursor);
          if (one.phase !== 'over') one = told(one, cursor, nowMs);
          if (what === 'lost') continue;
          cursor = Number(answer.next);
          for (const { commandId } of answer.items) known.add(commandId);
          // it has asked, and was answered: there is nothing open it does not know
          for (const { row: thing } of open) expect(known).toContain(commandIdOf(one.overrideId, thing));
        }
      }),
      { numRuns: 300 },
    );
  });
});
