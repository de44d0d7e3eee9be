import { expect, it } from '@jest/globals';
import { BedCount } from '@siaga/contracts';
import fc from 'fast-check';
import { readFeed } from './bed-feed.ts';

const classes = { '24': 'icu', '3': 'ward-adult' } as const;
const row = (id_tt: unknown, jumlah: unknown, terpakai: unknown) => ({ id_t_tt: '9', id_tt, ruang: 'Mawar', jumlah, terpakai, antrian: '0' }); // prettier-ignore

it('adds up the rooms of one kind, numbers or text', () => {
  const { beds, refused } = readFeed([row('24', '4', '1'), row(24, 2, 2), row('3', '10', '10')], classes);
  expect(refused).toEqual([]);
  expect(beds).toEqual([
    { bedClass: 'icu', totalCount: 6, occupiedCount: 3 },
    { bedClass: 'ward-adult', totalCount: 10, occupiedCount: 10 },
  ]);
});

it('takes more patients than beds: on a bad night that is so', () => {
  const { beds, refused } = readFeed([row('24', '4', '7'), row('24', '2', '1')], classes);
  expect([refused, beds]).toEqual([[], [{ bedClass: 'icu', totalCount: 6, occupiedCount: 8 }]]);
});

it('refuses a row with the reason, leaves its kind out, and takes the rest', () => {
  const rows = [row('24', '4', '1'), row('24', 'empat', '1'), row('3', '10', '2'), row('99', '1', '0'), row(undefined, '1', '0')]; // prettier-ignore
  const { beds, refused } = readFeed(rows, classes);
  expect(beds).toEqual([{ bedClass: 'ward-adult', totalCount: 10, occupiedCount: 2 }]);
  expect(refused.map(({ row: at, reason }) => `${String(at)} ${reason.split(':')[0] ?? ''}`)).toEqual([
    ...['1 jumlah', '3 id_tt 99', '4 id_tt'],
  ]);
});

it('makes something of any rows, never a number that the contract does not have', () => {
  const value = fc.oneof(fc.string(), fc.nat(20), fc.nat(5000), fc.constant(null), fc.constantFrom('24', '3', '7'));
  const rows = fc.array(fc.record({ id_tt: value, jumlah: value, terpakai: value }, { requiredKeys: [] }));
  fc.assert(
    fc.property(rows, (given) => {
      const { beds, refused } = readFeed(given, classes);
      expect(refused.length).toBeLessThanOrEqual(given.length);
      for (const one of beds) expect(BedCount.parse(one)).toEqual(one);
    }),
  );
});

it('takes no sum of rooms that no hospital has', () => {
  for (const rows of [
    [row('24', 5000, 0), row('24', 1, 0)],
    [row('24', 9, 5000), row('24', 9, 1)],
  ]) {
    const { beds, refused } = readFeed(rows, classes);
    expect(beds).toEqual([]);
    expect(refused).toMatchObject([{ row: 1 }]);
  }
});
