import { expect, it } from '@jest/globals';
import { placeInText } from './place-in-text.ts';

const flora = { lat: -7.7536, lng: 113.2159 };

it.each([
  '-7.7536, 113.2159',
  '(-7.7536 113.2159)',
  'geo:-7.7536,113.2159?z=17',
  'https://www.google.com/maps/@-7.7536,113.2159,17z',
  'https://maps.google.com/?q=-7.7536,113.2159',
  'https://www.google.com/maps/search/?api=1&query=-7.7536%2C113.2159',
  'https://www.openstreetmap.org/?mlat=-7.7536&mlon=113.2159#map=17/-7.7/113.2',
])('reads %s', (text) => {
  expect(placeInText(text)).toEqual(flora);
});

it('takes what a link points at, not where its map stood', () => {
  const link = 'https://www.google.com/maps/place/X/@-7.70,113.20,15z/data=!3m1!4b1!4m5!8m2!3d-7.7536!4d113.2159';
  expect(placeInText(link)).toEqual(flora);
});

it.each(['Simpang Flora', 'https://maps.app.goo.gl/abc', '-97.7536, 113.2159', '0335 421111', ''])(
  'finds no place in %s',
  (text) => {
    expect(placeInText(text)).toBeUndefined();
  },
);
