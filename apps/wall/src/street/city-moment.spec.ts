import { expect, it } from '@jest/globals';
import { cityMoment, momentText } from './city-moment.ts';

it('a moment is that of the city, wherever the screen hangs', () => {
  expect(cityMoment('2026-11-22T19:10', 'Asia/Jakarta')).toBe(Date.parse('2026-11-22T12:10:00Z'));
  expect(cityMoment('2026-11-22T00:05', 'Asia/Jayapura')).toBe(Date.parse('2026-11-21T15:05:00Z'));
});

it('is written back as it was read', () => {
  for (const zone of ['Asia/Jakarta', 'Asia/Jayapura'])
    expect(momentText(cityMoment('2026-11-22T00:05', zone) ?? 0, zone)).toBe('2026-11-22T00:05');
});

it.each(['', '2026-11-22', '22/11/2026 19:10'])('%j is none', (text) => {
  expect(cityMoment(text, 'Asia/Jakarta')).toBeUndefined();
});
