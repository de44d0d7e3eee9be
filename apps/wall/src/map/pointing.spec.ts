import { expect, it } from '@jest/globals';
import { askToPoint, isPointing, markedPlace, markPlace, onPointing, point, type Pointed } from './pointing.ts';

const there: Pointed = { place: { lat: -7.7551, lng: 113.191 }, withinM: 12 };

it('a click says a place as long as somebody asks, and what was marked leaves with him', () => {
  const told: Pointed[] = [];
  let changes = 0;
  const ends = onPointing(() => (changes += 1));
  point(there);
  expect(isPointing()).toBe(false);

  const asking = new AbortController();
  askToPoint((pointed) => told.push(pointed), asking.signal);
  point(there);
  markPlace(there.place);
  expect([isPointing(), markedPlace()]).toEqual([true, there.place]);
  asking.abort();
  point(there);
  expect([isPointing(), markedPlace()]).toEqual([false, undefined]);
  expect([told, changes]).toEqual([[there], 3]);
  ends();
});

it('who asked before is not in the way of who asks now', () => {
  const told: string[] = [];
  const [first, second] = [new AbortController(), new AbortController()];
  askToPoint(() => told.push('first'), first.signal);
  askToPoint(() => told.push('second'), second.signal);
  first.abort();
  point(there);
  expect(told).toEqual(['second']);
  second.abort();
});
