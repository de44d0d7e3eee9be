import { expect, it } from '@jest/globals';
import { foundCases, type Case } from './found-cases.ts';

const cases: Case[] = [
  { kind: 'incident', id: 'INS-00000001', name: 'Kebakaran', about: 'depan RSUD, Kanigaran', atMs: 10 },
  { kind: 'call', id: 'TLP-00000001', name: '112', about: 'Kanigaran', atMs: 20 },
];
const idsOf = (search: string) => foundCases(cases, search).items.map(({ id }) => id);

it('finds by number, kind and place, the newest first', () => {
  expect(idsOf('kanigaran')).toEqual(['TLP-00000001', 'INS-00000001']);
  expect([idsOf('ins-0'), idsOf('rsud'), idsOf('k'), idsOf('mayangan')]).toEqual([
    ...[['INS-00000001'], ['INS-00000001'], [], []],
  ]);
});

it('offers a whole number that the screen does not know', () => {
  expect(foundCases(cases, ' tlp-7k2m9qxa').items).toMatchObject([{ kind: 'call', id: 'TLP-7K2M9QXA' }]);
  expect(foundCases(cases, 'tlp-7k2m').items).toEqual([]);
});
