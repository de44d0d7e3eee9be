import { expect, it } from '@jest/globals';
import { labelPage, reportAddress } from './label-page.ts';

const to = { address: 'https://siaga.example.go.id/', city: '3574', cityName: 'Kota <b>' };

it('twenty-four labels fill a sheet, the next one begins another', () => {
  const labels = Array.from({ length: 25 }, (_, at) => ({
    lampId: `PJU-${String(at)}`,
    poleNumber: `T-${String(at)}`,
  }));
  const page = labelPage(labels, to);
  expect(page.match(/<main>/g)).toHaveLength(2);
  expect(page.match(/<svg /g)).toHaveLength(25);
  expect(page).toContain('<p class="pole">T-24</p><p class="small">PJU-24</p>');
});

it('nothing of a register is taken for markup', () => {
  const page = labelPage([{ lampId: 'PJU-1', poleNumber: '<script>alert(1)</script>', road: 'Jl. "A" & B' }], to);
  expect(page).not.toContain('<script>');
  expect(page).toContain('&#60;script&#62;');
  expect(page).toContain('PJU-1 · Jl. &#34;A&#34; &#38; B');
});

it('a lamp without a pole number is called by its id, and reported under it, in its city', () => {
  expect(labelPage([{ lampId: 'PJU-1' }], to)).toContain('<p class="pole">PJU-1</p>');
  expect(reportAddress(to, 'PJU-1')).toBe('https://siaga.example.go.id/lapor/3574/PJU-1');
});
