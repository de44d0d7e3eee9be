import { describe, expect, it } from '@jest/globals';
import { cities, type Bill, type EnergyFinding, type MeterReading } from '@siaga/contracts';
import fc from 'fast-check';
import { booksOf, type MonthBooks, type PaidLamp, type PaidPanel } from './connections.ts';
import { findingsOf, notJudged } from './findings.ts';
import { meterUse } from './meter-use.ts';
import { monthOf } from './month.ts';

const place = cities['3574']!.centre;
const month = '2026-06';
const known = { bills: true, billsBefore: true };
const idpelOf = (at: number) => `5151000000${String(at).padStart(2, '0')}`;
const panel = (panelId: string, over: Partial<PaidPanel> = {}): PaidPanel => ({ panelId, supply: 'metered', ...over });
const lampsOf = (panelId: string, count: number, over: Partial<PaidLamp> = {}): PaidLamp[] =>
  Array.from({ length: count }, (_, at) => ({ lampId: `${panelId}-${String(at)}`, panelId, watt: 100, kind: 'grid', ...over })); // prettier-ignore
const bill = (at: number, kwh: number, over: Partial<Bill> = {}): Bill => ({ idpel: idpelOf(at), month, kwh, rupiah: kwh * 1500, ...over }); // prettier-ignore
const reading = (panelId: string, day: string, kwhTotal: number, over: Partial<MeterReading> = {}): MeterReading => ({
  ...{ panelId, day, kwhTotal, replaced: false },
  ...over,
});
const given = (over: Partial<MonthBooks>) =>
  booksOf({ month, place, panels: [], lamps: [], bills: [], readings: [], ...over });
const found = (over: Partial<MonthBooks>) => findingsOf(given(over), known);
const kinds = (findings: readonly EnergyFinding[]) => findings.map(({ kind }) => kind);
/** Ten lamps of 100 W in June: about 369.5 kWh. */
const ten = given({ lamps: lampsOf('A', 10), panels: [panel('A')] }).connections[0]!.expectedKwh;

describe('what does not add up', () => {
  it('nothing, where bill, meter and lamps agree', () => {
    const lamps = [...lampsOf('A', 10), ...lampsOf('B', 10)];
    const panels = [panel('A', { idpel: idpelOf(1) }), panel('B', { idpel: idpelOf(2), supply: 'estimated' })];
    const bills = [bill(1, ten), bill(2, ten), bill(1, ten - 9, { month: '2026-05' })];
    const readings = [reading('A', '2026-06-01', 1000), reading('A', '2026-07-01', 1000 + ten)];
    expect(found({ lamps, panels, bills, readings })).toEqual([]);
  });

  it('a bill for an IDPEL nobody has: a ghost, measured where PLN reads a meter there', () => {
    const [estimated, measured] = [bill(1, 300), bill(2, 200, { standStartKwh: 100, standEndKwh: 300 })];
    expect(found({ bills: [measured, estimated] })).toEqual([
      { kind: 'ghost', basis: 'estimated', idpel: idpelOf(1), panelIds: [], lamps: 0, atStakeKwh: 300, numbers: { billedKwh: 300, billedRupiah: 450_000 } },
      { kind: 'ghost', basis: 'measured', idpel: idpelOf(2), panelIds: [], lamps: 0, atStakeKwh: 200, numbers: { billedKwh: 200, billedRupiah: 300_000 } },
    ]); // prettier-ignore
  });

  it('lamps without a bill, with and without an IDPEL, but not those of the sun', () => {
    const lamps = [...lampsOf('A', 10), ...lampsOf('B', 10), ...lampsOf('S', 3, { kind: 'solar' })];
    const panels = [
      panel('A'),
      panel('B', { idpel: idpelOf(2), supply: 'estimated' }),
      panel('S', { supply: 'solar' }),
    ];
    expect(found({ lamps, panels, bills: [bill(9, 0)] }).filter(({ kind }) => kind !== 'ghost')).toMatchObject([
      { kind: 'unbilled', basis: 'estimated', panelIds: ['A'], numbers: { expectedKwh: ten } },
      { kind: 'unbilled', basis: 'estimated', idpel: idpelOf(2), panelIds: ['B'] },
    ]);
  });

  it('a meter that says the same twice, or nothing at all', () => {
    const own = { lamps: lampsOf('A', 10), panels: [panel('A', { idpel: idpelOf(1) })] };
    const before = bill(1, ten, { month: '2026-05' });
    expect(found({ ...own, bills: [bill(1, ten), before] })).toMatchObject([
      { kind: 'stuck-meter', basis: 'measured', numbers: { billedKwh: ten, previousKwh: ten } },
    ]);
    expect(kinds(found({ ...own, bills: [bill(1, 0)] }))).toEqual(['stuck-meter']);
    const readings = [reading('A', '2026-05-31', 700), reading('A', '2026-07-02', 700)];
    expect(found({ ...own, readings, bills: [bill(1, ten)] })).toMatchObject([
      { kind: 'stuck-meter', numbers: { fromDay: '2026-05-31', toDay: '2026-07-02', fromKwh: 700, toKwh: 700 } },
    ]);
    // an estimate is the same every month
    const estimated = { ...own, panels: [panel('A', { idpel: idpelOf(1), supply: 'estimated' })] };
    expect(found({ ...estimated, bills: [bill(1, ten), before] })).toEqual([]);
  });

  it('an estimate 15 % too high, a meter 25 % too high, and not a kWh before', () => {
    const of = (supply: PaidPanel['supply'], kwh: number) =>
      kinds(found({ lamps: lampsOf('A', 10), panels: [panel('A', { idpel: idpelOf(1), supply })], bills: [bill(1, kwh)] })); // prettier-ignore
    expect(of('estimated', ten * 1.149)).toEqual([]);
    expect(of('estimated', ten * 1.151)).toEqual(['estimate-too-high']);
    expect(of('metered', ten * 1.249)).toEqual([]);
    expect(of('metered', ten * 1.251)).toEqual(['illegal-tap']);
    expect(of('solar', ten * 2)).toEqual(['solar-billed']);
    expect(of('solar', 0)).toEqual([]);
  });

  it('a meter is compared with the days it was read on', () => {
    const own = { lamps: lampsOf('A', 10), panels: [panel('A', { idpel: idpelOf(1) })], bills: [bill(1, ten)] };
    const early = [reading('A', '2026-05-28', 0), reading('A', '2026-07-04', ten * 1.3)];
    // 37 days of use, not 30
    expect(found({ ...own, readings: early })).toEqual([]);
    const readings = [reading('A', '2026-06-01', 0), reading('A', '2026-07-01', ten * 1.3)];
    expect(found({ ...own, readings })).toMatchObject([
      { kind: 'illegal-tap', basis: 'measured', numbers: { measuredKwh: ten * 1.3, expectedKwh: ten, fromDay: '2026-06-01' } },
    ]); // prettier-ignore
  });

  it('no tap is seen where the sun helps, and where no lamp is registered that is said instead', () => {
    const panels = [panel('A', { idpel: idpelOf(1) })];
    const lamps = [...lampsOf('A', 10), ...lampsOf('A', 1, { lampId: 'sun', kind: 'solar' })];
    expect(found({ lamps, panels, bills: [bill(1, ten * 3)] })).toEqual([]);
    expect(found({ panels, bills: [bill(1, 400)] })).toMatchObject([{ kind: 'no-lamps', basis: 'measured' }]);
  });

  it('panels of one IDPEL answer for one bill together', () => {
    const panels = [panel('A', { idpel: idpelOf(1) }), panel('B', { idpel: idpelOf(1) })];
    expect(found({ lamps: [...lampsOf('A', 10), ...lampsOf('B', 10)], panels, bills: [bill(1, ten * 2)] })).toEqual([]);
  });

  it('is told as not judged without bills', () => {
    expect(findingsOf(given({ lamps: lampsOf('A', 10), panels: [panel('A')] }), { bills: false, billsBefore: false })).toEqual([]); // prettier-ignore
    const books = given({ lamps: lampsOf('A', 10), panels: [panel('A')] });
    const lacking = notJudged(books, { bills: false, billsBefore: false });
    expect(lacking).toContainEqual({ kind: 'ghost', lacking: 'bills' });
    expect(lacking).toContainEqual({ kind: 'paid-but-dark', lacking: 'telemetry' });
    expect(notJudged(books, { bills: true, billsBefore: false })).toContainEqual({ kind: 'stuck-meter', lacking: 'bills-of-month-before' }); // prettier-ignore
  });
});

describe('a meter', () => {
  const span = { fromDay: '2026-06-01', toDay: '2026-07-01' };

  it('that goes backwards, or was replaced unread, is said and not summed over', () => {
    const stands = [
      reading('A', '2026-06-01', 900),
      reading('A', '2026-06-10', 1000),
      reading('A', '2026-06-11', 5, { replaced: true }),
      reading('A', '2026-06-20', 55),
      reading('A', '2026-06-25', 45),
      reading('A', '2026-07-01', 60),
    ];
    expect(meterUse(stands, span)).toMatchObject({
      kwh: 100 + 50 + 15,
      gaps: [
        { kind: 'meter-replaced', fromDay: '2026-06-10', toDay: '2026-06-11', fromKwh: 1000, toKwh: 5 },
        { kind: 'meter-backwards', fromDay: '2026-06-20', toDay: '2026-06-25', fromKwh: 55, toKwh: 45 },
      ],
    });
    const read = stands.with(2, reading('A', '2026-06-11', 5, { replaced: true, closingKwh: 1010 }));
    expect(meterUse(read, span)).toMatchObject({ kwh: 100 + 10 + 50 + 15, gaps: [{ kind: 'meter-backwards' }] });
    const findings = found({ lamps: lampsOf('A', 10), panels: [panel('A')], readings: stands });
    expect(kinds(findings)).toEqual(expect.arrayContaining(['meter-replaced', 'meter-backwards']));
  });

  it('says nothing of a month it was not read at both ends of', () => {
    expect(meterUse([reading('A', '2026-06-01', 900)], span)).toBeUndefined();
    expect(meterUse([reading('A', '2026-06-01', 900), reading('A', '2026-06-20', 990)], span)).toBeUndefined();
  });

  it('never counts less than nothing, nor more than its stands rose', () => {
    const stands = fc.array(fc.record({ day: fc.integer({ min: 1, max: 30 }), kwh: fc.integer({ min: 0, max: 500 }) }), { minLength: 1 }); // prettier-ignore
    fc.assert(
      fc.property(stands, (some) => {
        const days = new Map(some.map(({ day, kwh }) => [`2026-06-${String(day).padStart(2, '0')}`, kwh]));
        const readings = [...days].map(([day, kwh]) => reading('A', day, kwh));
        const use = meterUse([...readings, reading('A', '2026-07-01', 250)], span);
        if (use === undefined) return;
        expect(use.kwh).toBeGreaterThanOrEqual(0);
        const risen = use.gaps.reduce((all, { fromKwh, toKwh }) => all + fromKwh - toKwh, use.toKwh - use.fromKwh);
        expect(use.kwh).toBeCloseTo(risen, 6);
      }),
    );
  });
});

const someBooks = fc
  .record({
    panels: fc.array(
      fc.record({
        supply: fc.constantFrom('metered' as const, 'estimated' as const, 'solar' as const),
        idpel: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
        kelurahan: fc.constantFrom('35.74.01.1001', '35.74.01.1002', undefined),
      }),
      { maxLength: 6 },
    ),
    lamps: fc.array(
      fc.record({
        panel: fc.integer({ min: 0, max: 7 }),
        watt: fc.integer({ min: 1, max: 400 }),
        kind: fc.constantFrom('grid' as const, 'grid' as const, 'solar' as const),
        kelurahan: fc.constantFrom('35.74.01.1001', '35.74.01.1002', '35.74.02.1001', undefined),
      }),
      { maxLength: 30 },
    ),
    bills: fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 7 }), kwh: fc.integer({ min: 0, max: 5000 }) }), {
      selector: ({ at }) => at,
    }),
    stands: fc.array(fc.record({ panel: fc.integer({ min: 0, max: 5 }), from: fc.nat(900), to: fc.nat(2000) })),
  })
  .map(({ panels, lamps, bills, stands }) => ({
    panels: panels.map(
      ({ supply, idpel, kelurahan }, at) =>
      panel(`P${String(at)}`, { supply, kelurahanCode: kelurahan, ...(idpel === undefined ? {} : { idpel: idpelOf(idpel) }) }), // prettier-ignore
    ),
    lamps: lamps.map(({ panel: of, watt, kind, kelurahan }, at): PaidLamp => ({
      ...{ lampId: `L${String(at)}`, panelId: `P${String(of)}`, watt, kind, kelurahanCode: kelurahan },
    })),
    bills: bills.map(({ at, kwh }) => bill(at, kwh)),
    readings: [...new Map(stands.map((stand) => [stand.panel, stand])).values()].flatMap(({ panel: of, from, to }) => [
      reading(`P${String(of)}`, '2026-06-01', from),
      reading(`P${String(of)}`, '2026-07-01', to),
    ]),
  }));

describe('of any month', () => {
  it('each finding rests on its numbers, and nothing is found twice', () => {
    fc.assert(
      fc.property(someBooks, (books) => {
        const findings = found(books);
        const names = findings.map(({ kind, idpel, panelIds, numbers }) => JSON.stringify([kind, idpel, panelIds, kind.startsWith('meter') ? numbers : 0])); // prettier-ignore
        expect(new Set(names).size).toBe(names.length);
        for (const { kind, basis, idpel, panelIds, numbers, atStakeKwh } of findings) {
          const { billedKwh = 0, expectedKwh = 0, measuredKwh = 0 } = numbers;
          expect(atStakeKwh).toBeGreaterThanOrEqual(0);
          if (kind === 'ghost') expect(books.panels.map((one) => one.idpel)).not.toContain(idpel);
          else expect(panelIds.length).toBeGreaterThan(0);
          if (kind === 'unbilled') expect(books.bills.map((one) => one.idpel)).not.toContain(idpel);
          if (kind === 'estimate-too-high')
            expect([basis, billedKwh > expectedKwh * 1.15]).toEqual(['estimated', true]);
          if (kind === 'illegal-tap') expect([basis, measuredKwh > expectedKwh * 1.25]).toEqual(['measured', true]);
        }
      }),
    );
  });

  it('kelurahan add up to the city, measured and estimated apart, and no bill is lost', () => {
    fc.assert(
      fc.property(someBooks, (books) => {
        const all = given(books);
        const { total, kelurahan, bills } = monthOf(month, all, () => undefined);
        const counted = all.connections.reduce((kwh, { measured }) => kwh + (measured?.kwh ?? 0), 0);
        expect(total.measuredKwh).toBeCloseTo(counted, 3);
        for (const name of ['measuredKwh', 'estimatedKwh', 'expectedKwh', 'billedKwh', 'billedRupiah'] as const)
          expect(kelurahan.reduce((all, row) => all + row[name], 0)).toBeCloseTo(total[name], 3);
        expect(bills).toBe(books.bills.length);
        expect(total.billedKwh).toBeCloseTo(
          books.bills.reduce((all, { kwh }) => all + kwh, 0),
          3,
        );
        const { measured, estimated, solar } = total.lamps;
        expect(measured + estimated + solar).toBe(books.lamps.length);
      }),
    );
  });
});
