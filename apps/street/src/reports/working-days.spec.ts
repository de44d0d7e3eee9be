import { expect, it } from '@jest/globals';
import { beginOfDay } from '@siaga/contracts';
import { dueAtMs } from './working-days.ts';

const WIB = 'Asia/Jakarta';

it.each([
  ['a Monday', '2026-11-23T01:00:00Z', '2026-11-26'],
  ['a Thursday, over the weekend', '2026-11-26T01:00:00Z', '2026-12-01'],
  ['a Saturday', '2026-11-28T01:00:00Z', '2026-12-02'],
  ['late on a Sunday by UTC, a Monday here', '2026-11-22T18:00:00Z', '2026-11-26'],
])('a complaint of %s is due at the end of the second working day', (_, told, dayThen) => {
  expect(dueAtMs(Date.parse(told), WIB)).toBe(beginOfDay(dayThen, WIB));
});
