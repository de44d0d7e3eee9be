import { expect, it } from '@jest/globals';
import { csvText } from './csv.ts';

const cellOf = (value: string | number) => csvText([[value]]).slice(1, -2);

it('is what a spreadsheet in Indonesia opens', () => {
  expect(
    csvText([
      ['Nama', 'Lintang'],
      ['dekat "gapura"; kiri', -7.769],
    ]),
  ).toBe('\uFEFFNama;Lintang\r\n"dekat ""gapura""; kiri";-7,769\r\n');
});

it.each([
  '=1+1',
  '@SUM(A1)',
  '+A1',
  "-2+3+cmd|' /C calc'!A0",
  ' =1+1',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\u00A0=1+1',
  '\uFEFF=1+1',
  '\uFF1D1+1',
])('%j is shown, not executed', (text) => {
  expect(cellOf(text)).toMatch(/^"?'/);
});

it('a coordinate, a telephone number and what only looks like more are as they are', () => {
  for (const text of ['-7.7551, 113.191', '+62 812-3456-789', '(0335) 421113', 'a=b']) expect(cellOf(text)).toBe(text);
});
