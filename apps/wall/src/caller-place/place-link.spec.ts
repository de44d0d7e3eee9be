import { expect, it } from '@jest/globals';
import { TellCallerPlace } from '@siaga/contracts';
import { tokenIn, toldOf } from './place-link.ts';

const token = `3574.${'a-_9'.repeat(10)}abc`;

it('a link has the city and its secret behind the #', () => {
  expect(tokenIn(`#${token}`)).toBe(token);
  expect(tokenIn(`#${token} `)).toBe(token);
});

it.each(['', '#', '#3574', `#${token.slice(0, -1)}`, `#${token}x`, `#${token.slice(5)}`])(
  '%s is not the whole of one',
  (hash) => {
    expect(tokenIn(hash)).toBeUndefined();
  },
);

it.each([0, 4.4, 12_345_678])('a position within %d m is one that the city takes', (accuracy) => {
  const told = toldOf(token, { latitude: -7.75, longitude: 113.21, accuracy });
  expect(TellCallerPlace.body?.parse(told)).toEqual(told);
  expect(told).toMatchObject({ token, lat: -7.75, lng: 113.21 });
});
