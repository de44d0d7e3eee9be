import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { date, decimal, month, whole } from './parsers.ts';
import { degrees, parsePlace } from './places.ts';

const cell = (text: string) => ({ text, kind: 'text' as const });
const problem = { problem: expect.any(String) as unknown };

describe('numbers', () => {
  const capacity = whole({ min: 0, max: 100_000, units: { kg: 1, ton: 1000 } });
  const weight = decimal({ min: -1e6, max: 1e6 });

  it.each([
    ['8000', 8000],
    ['8.000', 8000],
    ['8 000', 8000],
    ['8.000 kg', 8000],
    ['7,5 ton', 7500],
    ['8000KG', 8000],
    ['8000,00', 8000],
  ])('%s is %d', (text, value) => {
    expect(capacity(cell(text))).toMatchObject({ value });
  });

  it.each(['8,000', '8 lbs', 'delapan', '7,5', '', '1.2.3', '1e5', '0x10', 'NaN', 'Infinity'])(
    '%s is asked for again',
    (text) => {
      expect(capacity(cell(text))).toEqual(problem);
    },
  );

  it.each([
    ['-7,7697', -7.7697],
    ['-7.7697', -7.7697],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1,234,567', 'again'],
    ['\u22123,5', -3.5],
  ])('%s is %s', (text, value) => {
    const parsed = decimal({ min: -10_000, max: 10_000 })(cell(text));
    expect(parsed).toEqual(value === 'again' ? problem : { value });
  });

  it('says how it read what can be read in two ways', () => {
    expect(weight(cell('1.234'))).toEqual({ value: 1234, warning: '"1.234" dibaca 1.234 (titik = ribuan)' });
  });

  it('reads every number as Indonesian spreadsheets write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (hundredths) => {
        const value = hundredths / 100;
        const written = value.toLocaleString('id-ID', { maximumFractionDigits: 2 });
        expect(weight(cell(written))).toMatchObject({ value });
      }),
    );
  });
});

describe('dates', () => {
  it.each([
    '21/11/2026',
    '21-11-2026',
    '21.11.2026',
    '2026-11-21',
    '21 November 2026',
    '21 nov 2026',
    '2026-11-21T00:00',
  ])('%s is that day', (text) => {
    expect(date()(cell(text))).toEqual({ value: '2026-11-21' });
  });

  it.each(['11/21/2026', '21/11/26', '31/02/2026', 'kemarin', '46347', '1 Foo 2026', '0001-01-01'])(
    '%s is none',
    (text) => {
      expect(date()(cell(text))).toEqual(problem);
    },
  );
});

describe('months', () => {
  it.each(['2026-11', '2026/11', '11/2026', '11-2026', '202611', 'November 2026', 'nov 2026', 'Nov-26', '2026-11-01'])(
    '%s is November 2026',
    (text) => {
      expect(month()(cell(text))).toEqual({ value: '2026-11' });
    },
  );

  it.each(['2026', '13/2026', '2026-00', 'Nopember', 'triwulan 4', '1126'])('%s is asked for again', (text) => {
    expect(month()(cell(text))).toEqual({ problem: expect.stringContaining('bukan bulan') });
  });
});

describe('places', () => {
  it.each([
    '-7.7697, 113.2063',
    '-7,7697; 113,2063',
    '-7.7697 113.2063',
    'https://www.google.com/maps?q=-7.7697,113.2063',
    'https://www.google.com/maps/search/?api=1&query=-7.7697%2C113.2063',
    'https://www.google.com/maps/place/TPA/@-7.7,113.1,17z/data=!3m1!4b1!4m6!3m5!8m2!3d-7.7697!4d113.2063!16s',
    'https://www.google.co.id/maps/@-7.7697,113.2063,17z?hl=id',
    'https://maps.google.com/maps?daddr=-7.7697,+113.2063&ll=1,1',
    'https://www.openstreetmap.org/#map=17/-7.7697/113.2063',
    'https://www.openstreetmap.org/?mlat=-7.7697&mlon=113.2063#map=12/1/1',
    'geo:-7.7697,113.2063?z=17',
    `7°46'10.92"S 113°12'22.68"E`,
    `7°46'10,92" LS, 113°12'22,68" BT`,
  ])('%s is that place', (text) => {
    expect(parsePlace(text)).toEqual({ value: { lat: -7.7697, lng: 113.2063 } });
  });

  it('says what to do with what has no place', () => {
    const said = (text: string) => (parsePlace(text) as { problem: string }).problem;
    expect(said('https://maps.app.goo.gl/abc')).toContain('tautan pendek');
    expect(said('https://www.google.com/maps/place/Probolinggo')).toContain('Klik kanan');
    expect(said('113.2063, -7.7697')).toContain('terbalik');
    expect(said('-97.1, 200')).toContain('di luar bumi');
    expect(said('0, 0')).toContain('tengah laut');
    expect(said('Jl. Pahlawan 3')).toContain('bukan tempat');
  });

  it('takes a coordinate in a column of its own, also where a point could mean thousands', () => {
    const latitude = degrees('latitude');
    for (const text of ['-7.769', '-7,769', '−7.769°']) expect(latitude(cell(text))).toEqual({ value: -7.769 });
    expect(degrees('longitude')(cell('113.206'))).toEqual({ value: 113.206 });
    expect(latitude(cell('113.206'))).toEqual({ problem: expect.stringContaining('terbalik') });
    expect(degrees('longitude')(cell('1132.06'))).toEqual({ problem: expect.stringContaining('bukan koordinat') });
    expect(degrees('longitude')(cell('200'))).toEqual({ problem: expect.stringContaining('di luar bumi') });
  });
});
