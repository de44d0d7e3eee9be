import { expect, it } from '@jest/globals';
import { dayAfter, patrolIdOf, PatrolId, roundNear, roundsOfDay } from './index.ts';

const timezone = 'Asia/Jakarta';
const rounds = [
  { fromHour: 8, toHour: 11 },
  { fromHour: 13, toHour: 16 },
  { fromHour: 22, toHour: 26 },
];
const near = (time: string) => {
  const found = roundNear(rounds, Date.parse(`${time}+07:00`), timezone);
  return [found?.day, found?.round];
};

it('is the one whose hours these are, or the nearest, also over midnight', () => {
  expect(near('2026-11-22T09:00:00')).toEqual(['2026-11-22', 1]);
  expect(near('2026-11-22T11:20:00')).toEqual(['2026-11-22', 1]);
  expect(near('2026-11-22T12:40:00')).toEqual(['2026-11-22', 2]);
  expect(near('2026-11-23T01:30:00')).toEqual(['2026-11-22', 3]);
  expect(near('2026-11-23T05:00:00')).toEqual(['2026-11-22', 3]);
  expect(near('2026-11-23T05:01:00')).toEqual(['2026-11-23', 1]);
  expect(roundNear([], 0, timezone)).toBeUndefined();
});

it('is itself at any time within its hours', () => {
  for (let days = 0; days < 800; days += 17)
    for (const planned of roundsOfDay(rounds, dayAfter('2026-01-01', days), timezone))
      for (const atMs of [planned.fromMs, (planned.fromMs + planned.toMs) / 2, planned.toMs])
        expect(roundNear(rounds, atMs, timezone)).toEqual(planned);
});

it('has one number for a squad, a route, a day and a round, and another for any other', () => {
  const of = { unitId: 'SPP-1', routeId: 'pusat-kota', day: '2026-11-22', round: 1 };
  const numbers = [of, { ...of, round: 2 }, { ...of, unitId: 'SPP-2' }, { ...of, day: '2026-11-23' }].map(patrolIdOf);
  expect(new Set(numbers).size).toBe(4);
  expect(numbers.every((number) => PatrolId.safeParse(number).success)).toBe(true);
  expect(patrolIdOf({ ...of })).toBe(numbers[0]);
});
