import { expect, it } from '@jest/globals';
import { cityTime, zoneOf } from './city-time.ts';

const atMs = Date.UTC(2026, 10, 22, 18, 7, 59);

it.each([
  [undefined, '23 Nov 2026, 01.07 WIB'],
  ['Asia/Jakarta', '23 Nov 2026, 01.07 WIB'],
  ['Asia/Makassar', '23 Nov 2026, 02.07 WITA'],
  ['Asia/Jayapura', '23 Nov 2026, 03.07 WIT'],
])('tells a moment by the clock of %s', (zone, told) => {
  expect(cityTime(atMs, zone)).toBe(told);
});

it('knows the zone of a city of this build, and of one that was added', () => {
  const [languages, centre] = [['id' as const], { lat: -5.15, lng: 119.43 }];
  const makassar = { code: '7371', name: 'Kota Makassar', timezone: 'Asia/Makassar', languages, centre };
  expect(zoneOf('3574', [makassar])).toBe('Asia/Jakarta');
  expect(zoneOf('7371', [makassar])).toBe('Asia/Makassar');
  expect(zoneOf('7371', [])).toBeUndefined();
});
