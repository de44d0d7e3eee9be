import { expect, it } from '@jest/globals';
import { homePageOf } from './home-page.ts';

it('crews and nurses come to their own page, everybody else to the wall', () => {
  expect(homePageOf({ roles: ['responder'], agencies: ['dinkes'] })).toBe('/field');
  expect(homePageOf({ roles: ['responder'], agencies: ['rs'] })).toBe('/rs');
  expect(homePageOf({ roles: ['responder', 'dispatcher'], agencies: ['satpolpp'] })).toBe('/');
  expect(homePageOf({ roles: ['viewer'], agencies: ['rs'] })).toBe('/');
});
