import { describe, expect, it } from '@jest/globals';
import { cities, type Bill } from '@siaga/contracts';
import fc from 'fast-check';
import type { LampDarkness } from '../darkness/darkness.ts';
import { booksOf, type PaidLamp, type PaidPanel } from './connections.ts';
import { paidButDark, unburntOf, type MonthDarkness } from './darkness-paid.ts';
import { findingsOf, notJudged } from './findings.ts';
import { findingsCsv } from './month-sheets.ts';

const HOUR_MS = 3_600_000;
const month = '2026-06';
const place = cities['3574']!.centre;
const known = { bills: true, billsBefore: true };
const lamps = Array.from({ length: 10 }, (_, at): PaidLamp => {
  return { lampId: `A-${String(at)}`, panelId: 'A', watt: 100, kind: 'grid' };
});
const dark = (hours: number, over: Partial<LampDarkness> = {}): LampDarkness => ({
  ...{ measuredMs: hours * HOUR_MS, inferredMs: 0 },
  ...over,
});
const heard = (of: readonly (readonly [string, LampDarkness])[]): MonthDarkness => ({
  dark: new Map(of),
  isHeard: ({ panelId }) => panelId === 'A',
});
/** Ten lamps of 100 W on one panel, of which these were dark; `kwh` is what PLN wants to be paid. */
function monthWith(darkness: MonthDarkness | undefined, kwh: number, supply: PaidPanel['supply'] = 'estimated') {
  const bill: Bill = { idpel: '515100000001', month, kwh, rupiah: kwh * 1500 };
  const panels: PaidPanel[] = [{ panelId: 'A', supply, idpel: bill.idpel }];
  const books = booksOf({ month, place, panels, lamps, bills: [bill], readings: [], darkness });
  return { findings: findingsOf(books, known), lacking: notJudged(books, known), books };
}
/** About 369.5 kWh in June. */
const whole = monthWith(undefined, 0).books.connections[0]!.expectedKwh;
const hundredHours = heard(lamps.slice(0, 2).map(({ lampId }) => [lampId, dark(100)] as const));

describe('a bill for light that was not there', () => {
  it('of a fixed estimate that goes on as if all had burned is found, with what the dark lamps did not use', () => {
    const { findings, lacking } = monthWith(hundredHours, whole);
    expect(findings).toEqual([
      {
        ...{ kind: 'paid-but-dark', basis: 'measured', idpel: '515100000001', panelIds: ['A'], lamps: 10 },
        atStakeKwh: expect.closeTo(20, 6),
        numbers: {
          ...{ billedKwh: whole, billedRupiah: whole * 1500, expectedKwh: whole },
          ...{ darkKwh: expect.closeTo(20, 6), darkLampHours: expect.closeTo(200, 6) },
        },
      },
    ]);
    expect(lacking).toEqual([]);
    expect(findingsCsv(findings)).toContain('Dibayar tetapi padam;terukur;');
  });

  it('is an estimate where the panel says it and not the lamps', () => {
    const inferred = heard([['A-0', dark(0, { inferredMs: 300 * HOUR_MS })]]);
    expect(monthWith(inferred, whole).findings).toMatchObject([{ kind: 'paid-but-dark', basis: 'estimated' }]);
  });

  it('is none where the bill is lower by it, where it was hardly dark, and where a meter counts within its error', () => {
    expect(monthWith(hundredHours, whole - 20).findings).toEqual([]);
    expect(monthWith(heard([['A-0', dark(100)]]), whole).findings).toEqual([]);
    expect(monthWith(hundredHours, whole, 'metered').findings).toEqual([]);
    expect(monthWith(heard(lamps.map(({ lampId }) => [lampId, dark(185)])), whole, 'metered').findings).toMatchObject([
      { kind: 'paid-but-dark' },
    ]);
  });

  it('is not told of lamps nobody speaks for: the month says that it is not judged, and why', () => {
    expect(monthWith(undefined, whole)).toMatchObject({ findings: [], lacking: [{ kind: 'paid-but-dark', lacking: 'telemetry' }] }); // prettier-ignore
    const elsewhere: MonthDarkness = { dark: new Map([['A-0', dark(300)]]), isHeard: () => false };
    expect(monthWith(elsewhere, whole).lacking).toEqual([{ kind: 'paid-but-dark', lacking: 'telemetry' }]);
    const half = booksOf({
      ...{ month, place, bills: [], readings: [], darkness: hundredHours },
      panels: [{ panelId: 'A', supply: 'metered' }, { panelId: 'B', supply: 'estimated' }], // prettier-ignore
      lamps: [...lamps, { lampId: 'B-0', panelId: 'B', watt: 100, kind: 'grid' }],
    });
    expect(notJudged(half, known)).toContainEqual({ kind: 'paid-but-dark', lacking: 'telemetry-of-some' });
    expect(notJudged(half, { bills: false, billsBefore: false })).toContainEqual({ kind: 'paid-but-dark', lacking: 'bills' }); // prettier-ignore
  });
});

describe('of any bill and any darkness', () => {
  const night = fc.tuple(fc.nat(360), fc.nat(360)).map(([own, panel]) => dark(own, { inferredMs: panel * HOUR_MS }));
  const connection = fc.record({
    supply: fc.constantFrom('metered' as const, 'estimated' as const),
    billedKwh: fc.integer({ min: 0, max: 900 }),
    darkness: fc.array(night, { maxLength: 10 }),
  });
  const unburntBy = (darkness: readonly LampDarkness[]) =>
    unburntOf(lamps, heard(darkness.map((one, at) => [`A-${String(at)}`, one])), () => whole / 10);

  it('no more is at stake than was dark, than was billed, and than lamps could use', () => {
    fc.assert(
      fc.property(connection, ({ supply, billedKwh, darkness }) => {
        const unburnt = unburntBy(darkness);
        const { measuredKwh = 0, inferredKwh = 0 } = unburnt ?? {};
        expect(measuredKwh + inferredKwh).toBeLessThanOrEqual(whole + 1e-6);
        const found = paidButDark({ supply, billedKwh, expectedKwh: whole }, unburnt);
        if (found === undefined) return;
        expect(found.atStakeKwh).toBeGreaterThanOrEqual(0);
        expect(found.atStakeKwh).toBeLessThanOrEqual(Math.min(billedKwh, measuredKwh + inferredKwh) + 1e-6);
        expect(measuredKwh + inferredKwh).toBeGreaterThanOrEqual(whole * 0.05);
        expect(found.basis).toBe(inferredKwh === 0 ? 'measured' : 'estimated');
      }),
    );
  });

  it('who pays more for more darkness is found as well', () => {
    fc.assert(
      fc.property(connection, fc.nat(300), fc.nat(50), ({ supply, billedKwh, darkness }, kwh, hours) => {
        const expectedKwh = whole;
        const before = paidButDark({ supply, billedKwh, expectedKwh }, unburntBy(darkness));
        const darker = darkness.map((one) => ({ ...one, measuredMs: one.measuredMs + hours * HOUR_MS }));
        const after = paidButDark({ supply, billedKwh: billedKwh + kwh, expectedKwh }, unburntBy(darker));
        if (before !== undefined) expect(after?.atStakeKwh).toBeGreaterThanOrEqual(before.atStakeKwh - 1e-6);
      }),
    );
  });
});
