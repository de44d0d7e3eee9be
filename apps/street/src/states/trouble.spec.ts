import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { troublesAfter } from './trouble.ts';

const NOW = 1_800_000_000_000;

it('the end of a trouble is the end of what began, however far ahead the clock of its device is', () => {
  const moment = fc.integer({ min: -300_000, max: 300_000 });
  fc.assert(
    fc.property(moment, moment, fc.integer({ min: 0, max: 600_000 }), (ahead, later, lasted) => {
      const begun = troublesAfter([], new Map([['supplyLoss', NOW + ahead]]), NOW);
      const again = troublesAfter(begun, new Map([['supplyLoss', NOW + later]]), NOW + lasted);
      const [ended] = troublesAfter(again, new Map(), NOW + lasted + 1);
      expect(begun).toEqual([
        { kind: 'supplyLoss', active: true, sinceMs: NOW + Math.min(ahead, 0), changedAtMs: NOW },
      ]);
      expect(ended).toEqual({ ...begun[0], active: false, changedAtMs: NOW + lasted + 1 });
    }),
  );
});
