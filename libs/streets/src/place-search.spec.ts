import { expect, it } from '@jest/globals';
import type { NamedPlace } from './named-place.ts';
import { PlaceSearch } from './place-search.ts';

const search = new PlaceSearch(
  ['Jalan Melati', 'Jalan Mawar', 'Jalan Lawu'].map((name, at): NamedPlace => ({
    ...{ id: `way-${String(at)}`, kind: 'street', name, also: [] },
    ...{ lat: -7.75, lng: 113.2, uncertaintyM: 100 },
  })),
);
const found = (text: string) => search.find(text, { most: 9 }).map(({ name }) => name);

it('takes a letter or two for the beginning of a name only in the last word: eight of them would be half of all names', () => {
  expect(found('ma')).toEqual(['Jalan Mawar']);
  expect(found('mel lawu').toSorted()).toEqual(['Jalan Lawu', 'Jalan Melati']);
  expect(found('me lawu')).toEqual(['Jalan Lawu']);
  expect(found('a b c d e f g m').toSorted()).toEqual(['Jalan Mawar', 'Jalan Melati']);
  expect(found('l m c d e f g b')).toEqual([]);
});
