import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lossAfter, type Finding, type Loss, type ToldLoss } from './loss-rules.ts';

type Found = Exclude<Finding, 'gone'>;

const NOW = 1_800_000_000_000;
const said = (panelId: string, feederId: string): Loss['said'] => ({
  ...{ thing: { kind: 'lamp', thingId: 'L' }, name: 'L', kind: 'supplyLoss', severity: 'medium', basis: 'inferred' },
  ...{ agency: 'dishub', within: [`panel:${panelId}`, `feeder:${feederId}`] },
});
const loss = (panelId: string, feederId = 'F', over: Partial<Loss> = {}): Loss => ({
  ...{ said: said(panelId, feederId), panelId, sinceMs: NOW - 1000, exercise: false, ...over },
});

/** A moment in the life of a lamp: what is found of it, and whether the process dies between keeping and telling. */
const moment = fc.record({
  finding: fc.oneof(
    fc.constant<Found>({}),
    fc.constant<Found>({ saysItself: true }),
    fc.tuple(fc.constantFrom('P', 'Q'), fc.constantFrom('F', 'G')).map(([p, f]): Found => ({ loss: loss(p, f) })),
  ),
  laterMs: fc.integer({ min: -5000, max: 5000 }),
  dies: fc.boolean(),
});

describe('what the desk is told of a thing that lost its current with others', () => {
  it('is, whatever happened and however often it broke off, what holds now, and each word is newer than the one before', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 12 }), (moments) => {
        let told: ToldLoss | undefined;
        const heard: ToldLoss['condition'][] = [];
        // what the desk believes: our words, and those of the thing itself while it says the same
        let desk = false;
        let isItself = false;
        const spans = new Map<number, boolean>();
        const look = (finding: Found, nowMs: number, dies: boolean) => {
          const { saysItself = false } = finding;
          if (saysItself !== isItself) desk = saysItself;
          isItself = saysItself;
          const news = lossAfter(told, finding, nowMs);
          if (news === undefined) return;
          told = news.told;
          if (dies) return;
          told = { ...told, pending: false };
          if (news.to === 'desk') {
            heard.push(told.condition);
            desk = told.condition.active;
          }
          spans.set(told.condition.sinceMs, told.condition.active);
        };
        for (const { finding, laterMs, dies } of moments) look(finding, NOW + laterMs, dies);
        const last = moments.at(-1)?.finding ?? {};
        look(last, NOW, false);
        const versions = heard.map(({ changedAtMs }) => changedAtMs);
        expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
        for (const { sinceMs, changedAtMs } of heard) expect(sinceMs).toBeLessThanOrEqual(changedAtMs);
        expect([...spans.values()].filter(Boolean)).toHaveLength(last.loss === undefined ? 0 : 1);
        if (last.loss !== undefined)
          expect(heard.at(-1)).toMatchObject({ active: true, within: last.loss.said.within });
        expect(desk).toBe(last.loss !== undefined || last.saysItself === true);
      }),
    );
  });

  it('is dark since the first of two panels when it moves from one to the other', () => {
    const first = lossAfter(undefined, { loss: loss('P') }, NOW);
    const told = first && { ...first.told, pending: false };
    const moved = lossAfter(told, { loss: loss('Q', 'G', { sinceMs: NOW + 500 }) }, NOW + 1000);
    expect(moved).toMatchObject({
      ...{ to: 'desk', told: { panelId: 'Q' } },
      told: { condition: { active: true, sinceMs: NOW - 1000, within: ['panel:Q', 'feeder:G'] } },
    });
    expect(lossAfter(moved && { ...moved.told, pending: false }, { loss: loss('Q', 'G') }, NOW + 2000)).toBeUndefined();
  });
});
