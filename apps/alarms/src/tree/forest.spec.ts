import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { thingKey } from '@siaga/contracts';
import { explains } from './explains.ts';
import { EARLIER_MS, forestOf, type Holding } from './forest.ts';

const condition = (key: string, over: Partial<Holding> = {}): Holding => {
  const [ref = '', kind = ''] = key.split('/');
  const [thingKind = '', thingId = ''] = ref.split(':');
  return {
    conditionKey: key,
    thing: { kind: thingKind, thingId },
    kind,
    within: [],
    sinceMs: 1_000_000,
    exercise: false,
    ...over,
  };
};
const feeder = condition('feeder:F1/supplyLoss');
const panel = condition('panel:P1/supplyLoss', { within: ['feeder:F1'] });
const lamp = condition('lamp:L1/supplyLoss', { within: ['panel:P1', 'feeder:F1'] });
const camera = condition('camera:C1/communicationFailure', { within: ['link:K1', 'panel:P1', 'feeder:F1'] });

describe('the forest of causes', () => {
  it('hangs each below the nearest that explains it', () => {
    const { parentOf, rootOf } = forestOf([lamp, camera, feeder, panel]);
    expect(Object.fromEntries(parentOf)).toEqual({
      [lamp.conditionKey]: panel.conditionKey,
      [camera.conditionKey]: panel.conditionKey,
      [panel.conditionKey]: feeder.conditionKey,
    });
    expect(new Set(rootOf.values())).toEqual(new Set([feeder.conditionKey]));
  });

  it('passes by a thing that is well', () => {
    expect(forestOf([lamp, feeder]).parentOf.get(lamp.conditionKey)).toBe(feeder.conditionKey);
  });

  it('never hides what its cause does not explain, nor danger to life', () => {
    const door = condition('panel:P1/cabinetDoorOpen', { within: ['feeder:F1'] });
    const monitor = condition('lamp:L2/supplyLoss', { within: ['feeder:F1'], lifeRisk: true });
    const link = condition('link:K1/communicationFailure');
    const dark = condition('camera:C2/supplyLoss', { within: ['link:K1'] });
    expect(forestOf([feeder, door, monitor, link, dark]).parentOf.size).toBe(0);
  });

  it('explains by what is stronger on the same thing', () => {
    const silent = condition('panel:P1/communicationFailure', { within: ['feeder:F1'] });
    const { parentOf } = forestOf([silent, panel]);
    expect(Object.fromEntries(parentOf)).toEqual({ [silent.conditionKey]: panel.conditionKey });
  });

  it('leaves what began long before its cause, and what is real below something simulated', () => {
    const older = { ...lamp, sinceMs: feeder.sinceMs - EARLIER_MS - 1 };
    expect(forestOf([feeder, older]).parentOf.size).toBe(0);
    expect(forestOf([feeder, { ...lamp, sinceMs: feeder.sinceMs - EARLIER_MS }]).parentOf.size).toBe(1);
    expect(forestOf([{ ...feeder, exercise: true }, lamp]).parentOf.size).toBe(0);
  });

  it('keeps a root in a ring of things that name each other', () => {
    const one = condition('panel:A/supplyLoss', { within: ['panel:B'] });
    const other = condition('panel:B/supplyLoss', { within: ['panel:A'] });
    const below = condition('lamp:L/supplyLoss', { within: ['panel:B'] });
    const { parentOf, rootOf } = forestOf([below, other, one]);
    expect(parentOf.has(one.conditionKey)).toBe(false);
    expect([...rootOf.values()]).toEqual([one.conditionKey, one.conditionKey, one.conditionKey]);
  });
});

/** Few things and kinds, so that they meet; ancestors at random, so that there are rings. */
const things = ['feeder:A', 'panel:B', 'panel:C', 'lamp:D', 'lamp:E'] as const;
const kinds = ['supplyLoss', 'circuitBreakerTripped', 'communicationFailure', 'lampFailure', 'cabinetDoorOpen'];
const anyCondition = fc
  .record({
    thing: fc.constantFrom(...things),
    kind: fc.constantFrom(...kinds),
    within: fc.uniqueArray(fc.constantFrom(...things), { maxLength: 4 }),
    sinceMs: fc.constantFrom(0, EARLIER_MS, EARLIER_MS + 1),
    exercise: fc.boolean(),
    lifeRisk: fc.boolean(),
  })
  .map(({ thing, kind, ...rest }) => condition(`${thing}/${kind}`, rest));
const anyConditions = fc.uniqueArray(anyCondition, { selector: ({ conditionKey }) => conditionKey, maxLength: 15 });

/** The definition, word by word: of all that explain it, the nearest; of those as near, the strongest. */
function bruteParent(of: Holding, all: readonly Holding[]): string | undefined {
  const strong = [...explains.keys()];
  const own = thingKey(of.thing);
  const distanceTo = (cause: Holding) => [own, ...of.within].indexOf(thingKey(cause.thing));
  const found = all
    .filter((cause) => of.lifeRisk !== true && explains.get(cause.kind)?.has(of.kind) === true)
    .filter((cause) => cause.exercise === of.exercise && cause.sinceMs - of.sinceMs <= EARLIER_MS)
    .filter((cause) => distanceTo(cause) >= 0)
    .filter(({ kind }) => strong.includes(kind))
    .filter((cause) => {
      const rank = strong.includes(of.kind) ? strong.indexOf(of.kind) : strong.length;
      return distanceTo(cause) > 0 || strong.indexOf(cause.kind) < rank;
    })
    .sort((one, other) => distanceTo(one) - distanceTo(other) || strong.indexOf(one.kind) - strong.indexOf(other.kind));
  return found[0]?.conditionKey;
}

function bruteForest(all: readonly Holding[]): Map<string, string> {
  const parents = new Map(
    all.flatMap((of) => {
      const parent = bruteParent(of, all);
      return parent === undefined ? [] : [[of.conditionKey, parent] as const];
    }),
  );
  const above = (key: string) => {
    const passed: string[] = [];
    for (let at = parents.get(key); at !== undefined && !passed.includes(at); at = parents.get(at)) passed.push(at);
    return passed;
  };
  const ringLeaders = all
    .map(({ conditionKey }) => conditionKey)
    .filter((key) => above(key).includes(key) && above(key).every((other) => key <= other));
  for (const key of ringLeaders) parents.delete(key);
  return parents;
}

describe('the forest of any conditions', () => {
  it('is what the definition says, in whatever order they are given', () => {
    fc.assert(
      fc.property(anyConditions, fc.infiniteStream(fc.nat(1000)), (all, dice) => {
        const shuffled = all
          .map((one) => ({ one, at: Number(dice.next().value) }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const expected = bruteForest(all);
        for (const given of [all, shuffled]) {
          const { parentOf, rootOf } = forestOf(given);
          expect(new Map(parentOf)).toEqual(expected);
          for (const { conditionKey } of given) {
            let at = conditionKey;
            for (let up = parentOf.get(at); up !== undefined; up = parentOf.get(at)) at = up;
            expect(rootOf.get(conditionKey)).toBe(at);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no longer for a whole city', () => {
    const lamps = Array.from({ length: 7000 }, (_, index) =>
      condition(`lamp:L${String(index)}/supplyLoss`, { within: [`panel:P${String(index % 300)}`, 'feeder:F1'] }),
    );
    const { rootOf } = forestOf([...lamps, feeder]);
    expect(new Set(rootOf.values()).size).toBe(1);
  });
});
