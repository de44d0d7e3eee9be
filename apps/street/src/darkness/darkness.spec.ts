import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { darknessCsv, darknessOf, nightsOf, type DarkSpan } from './darkness.ts';

const minute = 60_000;
const at = Date.parse('2026-11-22T19:10:00+07:00');
const evening = [{ fromMs: at, toMs: at + 600 * minute }];
const span = (lampId: string, fromMin: number, toMin: number, over: Partial<DarkSpan> = {}): DarkSpan => ({
  ...{ lampId, kelurahanCode: '35.74.01.1009', basis: 'inferred' as const },
  ...{ fromMs: at + fromMin * minute, toMs: at + toMin * minute },
  ...over,
});
const names = (code: string) => (code === '35.74.01.1009' ? 'Pilang' : undefined);

describe('lamp-minutes', () => {
  it('of 180 lamps that are dark for three minutes are 540, by kelurahan, measured and inferred apart', () => {
    const spans = [
      ...Array.from({ length: 180 }, (_, lamp) => span(`A${String(lamp)}`, 0, 3)),
      span('B', 0, 1.5, { kelurahanCode: '35.74.01.1001', basis: 'measured' }),
      span('C', 5, 6, { kelurahanCode: undefined }),
    ];
    expect(darknessOf(spans, evening, names)).toEqual({
      total: { lamps: 182, measuredMinutes: 1.5, inferredMinutes: 541 },
      kelurahan: [
        { kelurahanCode: '35.74.01.1009', kelurahan: 'Pilang', lamps: 180, measuredMinutes: 0, inferredMinutes: 540 },
        { kelurahanCode: '35.74.01.1001', lamps: 1, measuredMinutes: 1.5, inferredMinutes: 0 },
        { lamps: 1, measuredMinutes: 0, inferredMinutes: 1 },
      ],
    });
  });

  it('count a lamp with two troubles once, and one that is dark still up to the end of what is asked', () => {
    const spans = [span('A', 0, 10), span('A', 5, 12, { basis: 'measured' }), span('B', 590, 1e9)];
    expect(darknessOf(spans, evening, names).total).toEqual({ lamps: 2, measuredMinutes: 2, inferredMinutes: 20 });
  });

  it('are those of the night alone', () => {
    const day = 24 * 60;
    const nights = nightsOf({ fromMs: at, toMs: at + 2 * day * minute }, { lat: -7.75, lng: 113.2 });
    const { total } = darknessOf([span('A', 0, 2 * day)], nights, names);
    // from 19:10 to dawn about 04:58, the whole night after, and the evening from 17:24 to 19:10
    expect(nights.map(({ fromMs, toMs }) => Math.round((toMs - fromMs) / (60 * minute)))).toEqual([10, 11, 2]);
    expect(total.inferredMinutes).toBeGreaterThan(22.5 * 60);
    expect(total.inferredMinutes).toBeLessThan(23.5 * 60);
  });

  it('of any spans of one lamp are the minutes in which at least one holds', () => {
    const some = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 6 });
    fc.assert(
      fc.property(some, (pairs) => {
        const spans = pairs.map(([from, length]) => span('A', from, from + length));
        const dark = new Set(pairs.flatMap(([from, length]) => Array.from({ length }, (_, index) => from + index)));
        expect(darknessOf(spans, evening, names).total.inferredMinutes).toBe(dark.size);
      }),
    );
  });

  it('are a spreadsheet with the city last', () => {
    const csv = darknessCsv({ month: '2026-11', ...darknessOf([span('A', 0, 3)], evening, names) });
    const lines = csv.trim().split(/\r?\n/);
    expect(lines[1]).toContain('Pilang');
    expect(lines.at(-1)).toContain('SELURUH KOTA');
  });
});
