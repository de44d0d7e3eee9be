import { describe, expect, it } from '@jest/globals';
import { cityDay, createFormat, startOfDayMs } from './format.ts';

const id = createFormat('id', 'Asia/Jakarta');
const en = createFormat('en', 'Asia/Jakarta');
/** Saturday 21 November 2026, 19:12:47 in Probolinggo. */
const evening = Date.parse('2026-11-21T12:12:47.500Z');

describe('numbers', () => {
  it('are grouped as Indonesia writes them', () => {
    expect(id.number(5412)).toBe('5.412');
    expect(id.number(0.4, 1)).toBe('0,4');
    expect(en.number(5412)).toBe('5,412');
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 kB'],
    [92_400_000, '92 MB'],
    [999_900_000, '1,0 GB'],
    [1_440_000_000, '1,4 GB'],
    [212_000_000_000, '212 GB'],
    [4.2e15, '4.200 TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(id.bytes(bytes)).toBe(text);
  });
});

describe('times', () => {
  it('are those of the city, 24 hours', () => {
    expect(id.time(evening)).toBe('19.12');
    expect(id.timeWithSeconds(evening)).toBe('19.12.47');
    expect(en.timeWithSeconds(evening)).toBe('19:12:47');
    expect(id.time(Date.parse('2026-11-20T17:05:00Z'))).toBe('00.05');
  });

  it('name the zone as people here do', () => {
    expect(id.zone).toBe('WIB');
    expect(createFormat('id', 'Asia/Jayapura').zone).toBe('WIT');
    expect(createFormat('id', 'Europe/Berlin').zone).toBe('Europe/Berlin');
  });

  it('carry the date only on another day of the city', () => {
    expect(id.moment(Date.parse('2026-11-21T03:00:00Z'), evening)).toBe('10.00');
    expect(id.moment(Date.parse('2026-11-20T16:59:00Z'), evening)).toBe('20 Nov 23.59');
    expect(id.weekday(evening)).toBe('Sabtu');
    expect(id.date(evening)).toBe('21 Nov 2026');
  });
});

describe('durations', () => {
  it.each([
    [-500, '0 dtk'],
    [0, '0 dtk'],
    [38_999, '38 dtk'],
    [60_000, '1 mnt'],
    [41 * 60_000 + 59_000, '41 mnt'],
    [3_600_000, '1 j'],
    [72 * 60_000, '1 j 12 mnt'],
    [51 * 3_600_000, '2 hr 3 j'],
  ])('%d ms is %s', (ms, text) => {
    expect(id.duration(ms)).toBe(text);
  });

  it('speak English too', () => {
    expect(en.duration(72 * 60_000)).toBe('1 h 12 min');
  });
});

describe('the day of the city', () => {
  it('starts at its own midnight', () => {
    expect(startOfDayMs(evening, 'Asia/Jakarta')).toBe(Date.parse('2026-11-20T17:00:00Z'));
    expect(startOfDayMs(Date.parse('2026-11-20T17:00:00Z'), 'Asia/Jakarta')).toBe(Date.parse('2026-11-20T17:00:00Z'));
  });

  it('is dated by its own calendar', () => {
    expect(cityDay(Date.parse('2026-11-20T16:59:59Z'), 'Asia/Jakarta')).toBe('2026-11-20');
    expect(cityDay(Date.parse('2026-11-20T17:00:00Z'), 'Asia/Jakarta')).toBe('2026-11-21');
  });
});
