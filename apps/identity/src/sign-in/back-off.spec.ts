import { expect, it } from '@jest/globals';
import { waitMs } from './back-off.ts';

it('the wait after failures begins with the fifth, doubles and ends at a quarter of an hour', () => {
  expect([0, 1, 4, 5, 6, 7, 10, 14, 15, 1000].map(waitMs)).toEqual([
    0, 0, 0, 1000, 2000, 4000, 32_000, 512_000, 900_000, 900_000,
  ]);
});
