import { describe, expect, it } from '@jest/globals';
import { heard } from './confirming.ts';
import { ended, handedOut, passed } from './override-rules.ts';
import { MINUTE, override, report, row, states, T } from './override.harness.ts';
import { issued } from './step.ts';

const lit = { lamp: { activePowerW: 88 } };
const dark = { lamp: { activePowerW: 1 } };

describe('what is measured', () => {
  it('confirms what was asked, and nothing else does', () => {
    const sent = override([row('A'), row('B')]);
    expect(heard(sent, report('lamp:A', { lamp: { commandedPercent: 0 } }), 0)).toBe(sent);
    expect(heard(sent, report('lamp:A', lit), 0)).toBe(sent);
    expect(heard(sent, report('lamp:A', dark, T - 1), 0)).toBe(sent);
    expect(states(heard(sent, report('lamp:A', dark), 0))).toEqual(['confirmed', 'waiting']);
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

  it('confirms a panel by its contactor', () => {
    const panel = override([row('P', { thing: 'panel:P', lamps: 20 })]);
    expect(states(heard(panel, report('panel:P', { panel: { contactor: 'closed' } }), 0))).toEqual(['waiting']);
    expect(states(heard(panel, report('panel:P', { panel: { contactor: 'open' } }), 0))).toEqual(['confirmed']);
  });

  it('fails it with what its controller says, and confirms it after all when it works', () => {
    const events = [{ eventType: 'relayFailure', startEndFlag: 'start' as const, atMs: T + MINUTE }];
    const broken = heard(override([row('A')]), report('lamp:A', { events, ...lit }), 0);
    expect(broken.things[0]?.applied).toMatchObject({ state: 'failed', because: 'relayFailure' });
    const mended = heard(broken, report('lamp:A', { lamp: { activePowerW: 0 } }, T + 2 * MINUTE), 0);
    expect(mended.things[0]?.applied).toEqual({ ...issued(T), state: 'confirmed', atMs: T + 2 * MINUTE });
    const before = [{ eventType: 'relayFailure', startEndFlag: 'start' as const, atMs: T - MINUTE }];
    expect(states(heard(override([row('A')]), report('lamp:A', { events: before }), 0))).toEqual(['waiting']);
  });

  it('counts from when it was asked for first, for one whose reports are slow', () => {
    const commandIds = new Set(['PRL-00000001/lamp:A/override']);
    const again = passed(handedOut(override([row('A')]), { commandIds, seq: 1 }, T), T + 90_000);
    expect(again.things[0]?.applied).toMatchObject({ tries: 2, askedAtMs: T + 90_000 });
    expect(states(heard(again, report('lamp:A', dark, T + 80_000), 0))).toEqual(['confirmed']);
  });

  it('says nothing of a way back that nobody told the controller: it would hold the override when its programme switches', () => {
    const back = ended(override([row('A')], { levelPercent: 100 }), 'p2', T + MINUTE);
    const asProgrammed = (atMs: number) => report('lamp:A', lit, atMs);
    expect(heard(back, asProgrammed(T + 2 * MINUTE), 100)).toBe(back);
    const events = [{ eventType: 'supplyLoss', startEndFlag: 'start' as const, atMs: T + 2 * MINUTE }];
    expect(heard(back, report('lamp:A', { events }, T + 2 * MINUTE), 100)).toBe(back);
    const told = handedOut(back, { commandIds: new Set(['PRL-00000001/lamp:A/program']), seq: 2 }, T + 2 * MINUTE);
    expect(states(heard(told, asProgrammed(T + 3 * MINUTE), 100))).toEqual(['confirmed']);
    // from then on it goes back by itself
    expect(states(heard(back, asProgrammed(back.untilMs + 1), 100))).toEqual(['confirmed']);
  });
});
