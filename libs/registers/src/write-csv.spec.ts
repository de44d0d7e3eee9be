import { describe, expect, it } from '@jest/globals';
import { column, defineRegister, optional, type RowOf } from './column.ts';
import { planImport } from './plan.ts';
import { list, oneOf, text } from './parsers.ts';
import { degrees } from './places.ts';
import { readRegister } from './read-register.ts';
import { csvOf } from './write-csv.ts';

const explanation = '…';
const lamps = defineRegister({
  name: 'lampu',
  key: ['panel', 'pole'],
  columns: {
    panel: column({ headings: { id: 'Panel', en: 'Panel' }, parse: text({ max: 20 }), example: 'P', explanation }),
    pole: column({ headings: { id: 'Tiang', en: 'Pole' }, parse: text({ max: 20 }), example: 'T', explanation }),
    kind: column({
      headings: { id: 'Jenis', en: 'Kind' },
      parse: oneOf({ grid: ['PLN'], solar: ['Tenaga surya'] }),
      write: (kind: 'grid' | 'solar') => ({ grid: 'PLN', solar: 'Tenaga surya' })[kind],
      example: 'PLN',
      explanation,
    }),
    lat: column({
      headings: { id: 'Lintang', en: 'Latitude' },
      parse: degrees('latitude'),
      example: '-7',
      explanation,
    }),
    note: optional({ headings: { id: 'Catatan', en: 'Note' }, parse: text({ max: 80 }), example: '-', explanation }),
    roads: optional({
      headings: { id: 'Jalan', en: 'Roads' },
      parse: list(text({ max: 20 }), { max: 3 }),
      example: 'A',
      explanation,
    }),
  },
});
type Lamp = RowOf<typeof lamps.columns>;
const fileOf = (content: string) => ({ name: 'lampu.csv', content: Buffer.from(content) });

describe('a register written as CSV', () => {
  const rows: Lamp[] = [
    { panel: 'P-1', pole: '007', kind: 'solar', lat: -7.769, note: 'dekat "gapura"; kiri', roads: ['Jl. Bromo', 'Jl. Suroyo'] },
    { panel: 'P-1', pole: '008', kind: 'grid', lat: -7.5 },
  ]; // prettier-ignore

  it('is what a spreadsheet in Indonesia opens, and what the importer reads', () => {
    const csv = csvOf(lamps, rows);
    expect(csv.split('\r\n').slice(0, 2)).toEqual([
      '\uFEFFPanel;Tiang;Jenis;Lintang;Catatan;Jalan',
      'P-1;007;Tenaga surya;-7,769;"dekat ""gapura""; kiri";"Jl. Bromo; Jl. Suroyo"',
    ]);
    const reading = readRegister(lamps, fileOf(csv));
    expect(reading.errors).toEqual([]);
    const known = new Map(rows.map((row) => [`${row.panel}@${row.pole}`, row]));
    expect(planImport(lamps, known, reading.rows)).toMatchObject({ unchanged: 2, steps: [] });
  });

  it('executes nothing', () => {
    expect(csvOf(lamps, [{ ...rows[1], note: '=HYPERLINK("x")' }])).toContain(`;"'=HYPERLINK(""x"")";`);
    for (const text of ['@SUM(A1)', "-2+3+cmd|' /C calc'!A0", '+A1'])
      expect(csvOf(lamps, [{ ...rows[1], note: text }])).toContain(`;'${text};`);
    expect(csvOf(lamps, [{ ...rows[1], note: '-7.7551, 113.191' }])).toContain(';-7.7551, 113.191;');
  });
});

it('of which two columns name a line tells a line that comes twice by both', () => {
  const file = 'Panel;Tiang;Jenis;Lintang\nP-1;1;PLN;-7\nP-1;2;PLN;-7\nP-1;1;PLN;-7';
  expect(readRegister(lamps, fileOf(file)).errors).toEqual([
    { line: 4, column: 'Panel + Tiang', message: 'Panel + Tiang "P-1 · 1" sudah ada di baris 2. Hapus salah satu.' },
  ]);
});
