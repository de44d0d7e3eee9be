import { describe, expect, it } from '@jest/globals';
import { thingOfKey } from '@siaga/contracts';
import fc from 'fast-check';
import type { StoredAlarm } from '../alarms/alarm-document.ts';
import { cleared, raised, renewed, type RootSaid, type Turn } from '../alarms/alarm-steps.ts';
import type { StoredCondition } from '../conditions/condition-document.ts';
import { forestOf } from '../tree/forest.ts';
import { deskPlan, type DeskPlan } from './desk-plan.ts';
import { LONGEST_MS, RECENT_MS, SETTLE_MS } from './settling.ts';

const at = 1_000_000_000;
const within: Readonly<Record<string, readonly string[]>> = {
  'feeder:F': [],
  'panel:P': ['feeder:F'],
  'lamp:A': ['panel:P', 'feeder:F'],
  'lamp:B': ['panel:P', 'feeder:F'],
  'lamp:C': [],
};
const condition = (thing: string, over: Partial<StoredCondition> = {}): StoredCondition => ({
  ...{ _id: `${thing}/supplyLoss`, version: 1, thing: thingOfKey(thing), name: thing, kind: 'supplyLoss' },
  ...{ active: true, severity: 'medium', basis: 'measured', agency: 'dishub', within: [...(within[thing] ?? [])] },
  ...{ sinceMs: at, changedAtMs: at, heardAtMs: at, beganAtMs: at, exercise: false },
  ...over,
});

/** A desk in memory: what documents and the clock are to the real one. */
class PaperDesk {
  readonly conditions = new Map<string, StoredCondition>();
  alarms: StoredAlarm[] = [];
  raisedTimes = 0;

  hear(thing: string, active: boolean, nowMs: number): void {
    const { _id } = condition(thing);
    const known = this.conditions.get(_id);
    if (known?.active === active || (known === undefined && !active)) return;
    const isBack = known !== undefined && (!active || nowMs - known.heardAtMs < LONGEST_MS);
    const beganAtMs = isBack ? known.beganAtMs : nowMs;
    this.conditions.set(_id, condition(thing, { active, sinceMs: nowMs, heardAtMs: nowMs, beganAtMs }));
  }

  look(nowMs: number): DeskPlan {
    const all = [...this.conditions.values()];
    const holding = all.filter(({ active }) => active);
    const recent = all.filter(({ heardAtMs }) => heardAtMs >= nowMs - RECENT_MS);
    const plan = deskPlan({ holding, recent, alarms: this.active() }, nowMs);
    for (const { conditionKey, ...where } of plan.links) Object.assign(this.conditions.get(conditionKey) ?? {}, where);
    for (const said of plan.raise) this.raise(said, nowMs);
    for (const { alarm, said } of plan.renew) this.put(alarm, renewed(alarm, said, nowMs));
    for (const { alarm, rootKey } of plan.absorb) this.put(alarm, cleared(alarm, { absorbedInto: rootKey }, nowMs));
    for (const alarm of plan.end) this.put(alarm, cleared(alarm, {}, nowMs));
    return plan;
  }

  active(): StoredAlarm[] {
    return this.alarms.filter(({ status }) => status === 'active');
  }

  private raise(said: RootSaid, nowMs: number): void {
    this.raisedTimes += 1;
    this.alarms.push({ ...raised(said, nowMs).alarm, _id: `alarm-${String(this.raisedTimes)}`, version: 1 });
  }

  private put({ _id, version }: StoredAlarm, turn: Turn | undefined): void {
    if (turn === undefined) return;
    const next = { ...turn.alarm, _id, version: version + 1 };
    this.alarms = this.alarms.map((alarm) => (alarm._id === _id ? next : alarm));
  }
}

describe('the desk', () => {
  it('waits for the cause while news come, and then raises it alone', () => {
    const desk = new PaperDesk();
    desk.hear('lamp:A', true, at);
    desk.hear('lamp:B', true, at + 1500);
    expect(desk.look(at + SETTLE_MS).raise).toEqual([]);
    desk.hear('panel:P', true, at + 3000);
    expect(desk.look(at + 3000)).toMatchObject({ raise: [], lookAgainAtMs: at + 3000 + SETTLE_MS });
    desk.look(at + 3000 + SETTLE_MS);
    expect(desk.alarms).toMatchObject([{ thingKey: 'panel:P', affected: { lamp: 2 } }]);
  });

  it('does not let a neighbour that never rests keep an alarm for ever', () => {
    const desk = new PaperDesk();
    desk.hear('lamp:A', true, at);
    for (let ms = 0; ms < LONGEST_MS; ms += 500) {
      desk.hear('lamp:B', ms % 1000 === 0, at + ms);
      expect(desk.look(at + ms).raise).toEqual([]);
    }
    desk.look(at + LONGEST_MS);
    expect(desk.active().map(({ thingKey }) => thingKey)).toContain('lamp:A');
  });

  it('has one alarm of what comes and goes all the time, as long as it does', () => {
    const desk = new PaperDesk();
    for (let ms = 0; ms < 60_000; ms += 500) {
      desk.hear('lamp:C', ms % 1000 === 0, at + ms);
      desk.look(at + ms);
    }
    expect([desk.raisedTimes, desk.active().length]).toEqual([1, 1]);
    desk.hear('lamp:C', false, at + 60_000);
    expect(desk.look(at + 60_000)).toMatchObject({ end: [], lookAgainAtMs: at + 59_500 + SETTLE_MS });
    desk.look(at + 59_500 + SETTLE_MS);
    expect(desk.active()).toEqual([]);
  });

  it('waits for nothing when people may die', () => {
    const desk = new PaperDesk();
    const risk = condition('lamp:A', { lifeRisk: true, severity: 'critical' });
    desk.conditions.set(risk._id, risk);
    expect(desk.look(at).raise).toMatchObject([{ thingKey: 'lamp:A', severity: 'critical' }]);
  });

  it('raises no storm when a cause ends a little before what it caused', () => {
    const desk = new PaperDesk();
    for (const thing of ['feeder:F', 'panel:P', 'lamp:A', 'lamp:B']) desk.hear(thing, true, at);
    desk.look(at + SETTLE_MS);
    const hourLater = at + 3_600_000;
    desk.hear('feeder:F', false, hourLater);
    expect(desk.look(hourLater).end).toEqual([]);
    for (const [index, thing] of ['panel:P', 'lamp:A'].entries())
      desk.hear(thing, false, hourLater + 1500 * (index + 1));
    desk.look(hourLater + 3000);
    expect(desk.raisedTimes).toBe(1);
    desk.look(hourLater + 3000 + SETTLE_MS);
    expect(desk.active()).toMatchObject([{ thingKey: 'lamp:B' }]);
  });
});

const things = Object.keys(within);
const news = fc.array(
  fc.record({ thing: fc.constantFrom(...things), active: fc.boolean(), afterMs: fc.integer({ min: 0, max: 9000 }) }),
  { maxLength: 40 },
);

describe('the desk, whatever it hears', () => {
  it('in the end has one alarm for each root that holds and no other, of all that hangs below', () => {
    fc.assert(
      fc.property(news, (said) => {
        const desk = new PaperDesk();
        let nowMs = at;
        for (const { thing, active, afterMs } of said) {
          nowMs += afterMs;
          desk.hear(thing, active, nowMs);
          desk.look(nowMs);
          const keys = desk.active().map(({ conditionKey }) => conditionKey);
          expect(new Set(keys).size).toBe(keys.length);
        }
        for (let next: number | undefined = nowMs; next !== undefined;) {
          nowMs = next;
          next = desk.look(nowMs).lookAgainAtMs;
          expect(next ?? Infinity).toBeGreaterThan(nowMs);
        }
        const holding = [...desk.conditions.values()].filter(({ active }) => active);
        const { rootOf } = forestOf(holding.map((one) => ({ ...one, conditionKey: one._id })));
        expect(new Set(desk.active().map(({ conditionKey }) => conditionKey))).toEqual(new Set(rootOf.values()));
        const below = desk.active().flatMap(({ affected }) => Object.values(affected));
        expect(below.reduce((sum, count) => sum + count, 0)).toBe(holding.length - new Set(rootOf.values()).size);
        for (const { _id, rootKey } of holding) expect(rootKey).toBe(rootOf.get(_id));
        const again = desk.look(nowMs + RECENT_MS);
        expect([again.raise, again.absorb, again.end, again.links]).toEqual([[], [], [], []]);
      }),
      { numRuns: 500 },
    );
  });
});
