import { expect, it } from '@jest/globals';
import { pictureAge } from './picture-age.ts';

it('a still is shown as now only for a little longer than the next one should take', () => {
  const atMs = 1_800_000_000_000;
  expect(pictureAge(undefined, atMs, 2000)).toBe('none');
  expect(pictureAge(atMs, atMs + 10_000, 2000)).toBe('fresh');
  expect(pictureAge(atMs, atMs + 10_001, 2000)).toBe('old');
  // a wall's clock may be a little behind the city's
  expect(pictureAge(atMs, atMs - 500, 2000)).toBe('fresh');
});
