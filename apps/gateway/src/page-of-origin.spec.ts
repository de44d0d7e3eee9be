import { describe, expect, it } from '@jest/globals';
import { originOf, whenceOf } from './page-of-origin.ts';

const ours = ['https://siaga.test'];

describe('a request is', () => {
  it.each([
    ['of our page over HTTPS', { 'sec-fetch-site': 'same-origin' }, 'our-page'],
    ['of our page in an old browser', { origin: 'https://siaga.test' }, 'our-page'],
    ['of another site’s', { 'sec-fetch-site': 'cross-site' }, 'other-page'],
    ['of another name beside ours', { 'sec-fetch-site': 'same-site' }, 'other-page'],
    ['of our name over plain HTTP', { origin: 'http://siaga.test' }, 'other-page'],
    ['of a page that hides', { origin: 'null' }, 'other-page'],
    ['of a name that begins like ours', { origin: 'https://siaga.test.evil.example' }, 'other-page'],
    ['of an address typed by hand', { 'sec-fetch-site': 'none' }, 'untold'],
    ['of a program', {}, 'untold'],
  ])('%s', (_, headers, whence) => {
    expect(whenceOf(headers, ours)).toBe(whence);
  });
});

it('its own origin has no port where the scheme has it already, and none at all without a name', () => {
  expect(originOf({ protocol: 'https', host: 'siaga.test:443' })).toBe('https://siaga.test');
  expect(originOf({ protocol: 'http', host: 'siaga.test:3000' })).toBe('http://siaga.test:3000');
  expect(originOf({ protocol: 'http', host: '' })).toBeUndefined();
});
