import { expect, it } from '@jest/globals';
import type { Beds } from '@siaga/contracts';
import { countsOf } from './written-counts.ts';

const icu: Beds = {
  ...{ bedClass: 'icu', totalCount: 12, occupiedCount: 4, heldCount: 0, freeCount: 8, atMs: 1, source: 'feed' },
};

it('sends the kinds that were written, with the known total, and never one that was not counted', () => {
  expect(countsOf({}, [icu])).toEqual([]);
  expect(countsOf({ icu: { occupied: '7' } }, [icu])).toEqual([{ bedClass: 'icu', totalCount: 12, occupiedCount: 7 }]);
  expect(countsOf({ icu: { total: '10', occupied: '' }, igd: { occupied: '3' } }, [icu])).toEqual([]);
  expect(countsOf({ igd: { total: '6', occupied: '0' } }, [icu])).toEqual([{ bedClass: 'igd', totalCount: 6, occupiedCount: 0 }]); // prettier-ignore
});
