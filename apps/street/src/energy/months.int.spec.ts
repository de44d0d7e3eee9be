import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  billRoutes,
  controllerRoutes,
  dayAt,
  GetStreetMonth,
  lampRoutes,
  ListEnergyFindings,
  panelRoutes,
  readingRoutes,
  type Client,
} from '@siaga/contracts';
import { randomCities } from '@siaga/testing';
import { sheetOf, startTestStreet, type TestStreet } from '../street.harness.ts';

/** Its place is known, so the sun is. */
const city = '3574';
const june = { params: { month: '2026-06' } };
let street: TestStreet;
let call: Client;
beforeAll(async () => {
  street = await startTestStreet(city);
  call = await street.as({});
});
afterAll(() => street.close());

describe('the money of street light, from a spreadsheet of assets and the bill of PLN', () => {
  it('says of each month what does not add up', async () => {
    const place = '-7,7551;113,1910';
    const lamps = ['A', 'B', 'C'].flatMap((panelId) =>
      Array.from({ length: 10 }, (_, at) => `${panelId}-${String(at)};${panelId};100;${place}`),
    );
    await call(lampRoutes.import, { query: {}, body: sheetOf('ID Lampu;Panel;Daya;Lintang;Bujur', lamps) });
    const panels = ['A;Meter;515100000001', 'B;Taksasi;515100000002', 'C;Meter;'];
    await call(panelRoutes.import, { query: {}, body: sheetOf('Panel;Pasokan;IDPEL', panels) });

    // without bills nobody can tell
    const before = await call(ListEnergyFindings, june);
    expect(before).toMatchObject({
      items: [],
      notJudged: expect.arrayContaining([{ kind: 'ghost', lacking: 'bills' }]),
    });

    const bills = [
      '5151 0000 0001;202606;600;Rp 900.000;1.000;1.600',
      '515100000002;Juni 2026;500;Rp 750.000;;',
      '515100000009;6/2026;120;Rp 180.000,00;;',
    ];
    const headings = 'IDPEL;BLTH;Pemakaian kWh;Rp Tagihan;Stand Lalu;Stand Kini';
    const told = await call(billRoutes.import, { query: {}, body: sheetOf(headings, bills) });
    expect(told).toMatchObject({ created: 3, errors: [] });
    expect(await call(billRoutes.get, { params: { billId: '515100000002@2026-06' } })).toMatchObject({
      ...{ idpel: '515100000002', month: '2026-06', kwh: 500, rupiah: 750_000, version: 1 },
    });
    expect(await call(billRoutes.import, { query: {}, body: sheetOf(headings, bills) })).toMatchObject({
      unchanged: 3,
    });

    const { items } = await call(ListEnergyFindings, june);
    expect(items).toMatchObject([
      { kind: 'unbilled', basis: 'estimated', panelIds: ['C'], lamps: 10 },
      { kind: 'illegal-tap', basis: 'measured', idpel: '515100000001', numbers: { measuredKwh: 600, billedRupiah: 900_000 } },
      { kind: 'estimate-too-high', basis: 'estimated', panelIds: ['B'], numbers: { billedKwh: 500 } },
      { kind: 'ghost', basis: 'estimated', idpel: '515100000009', numbers: { billedRupiah: 180_000 } },
    ]); // prettier-ignore

    // a bill is corrected at its version; which one it is stays
    const ghost = { params: { billId: '515100000009@2026-06' } };
    const corrected = await call(billRoutes.change, { ...ghost, body: { kwh: 120, rupiah: 181_000, version: 1 } });
    expect(corrected).toMatchObject({ idpel: '515100000009', month: '2026-06', rupiah: 181_000, version: 2 });
    await call(billRoutes.change, { ...ghost, body: { kwh: 120, rupiah: 180_000, version: 2 } });

    // readings of the meter by hand: it counted what its lamps use, and the bill is the one that is wrong
    for (const [day, kwhTotal] of [
      ['2026-06-01', 1000],
      ['2026-07-01', 1370],
    ] as const)
      await call(readingRoutes.register, { body: { panelId: 'A', day, kwhTotal } });
    const after = await call(ListEnergyFindings, june);
    expect(after.items.map(({ kind }) => kind)).not.toContain('illegal-tap');

    const month = await call(GetStreetMonth, june);
    expect(month).toMatchObject({ bills: 3, total: { measuredKwh: 370, billedKwh: 1220, billedRupiah: 1_830_000 } });
    // ten lamps of 100 W behind no meter, and ten whose meter nobody read
    expect(month.total.estimatedKwh).toBeCloseTo((2 * month.darkHours * 1000) / 1000, 6);
    expect(month.total.lamps).toEqual({ measured: 10, estimated: 20, solar: 0 });
    expect(month.kelurahan).toMatchObject([
      { measuredKwh: 0, billedKwh: 120 },
      { kelurahanCode: '35.74.01.1009', kelurahan: 'Pilang', measuredKwh: 370, billedKwh: 1100 },
    ]);
  });

  it('judges whether lamps were dark as soon as somebody speaks for them', async () => {
    const thisMonth = { params: { month: dayAt(Date.now(), 'Asia/Jakarta').slice(0, 7) } };
    const lacking = async () => (await call(ListEnergyFindings, thisMonth)).notJudged.find(({ kind }) => kind === 'paid-but-dark')?.lacking; // prettier-ignore
    expect(await lacking()).toBe('telemetry');
    await call(controllerRoutes.register, { body: { controllerId: 'PC-A', protocol: 'street', speaksFor: 'panel:A' } });
    expect(await lacking()).toBe('bills');
    const body = { idpel: '515100000001', month: thisMonth.params.month, kwh: 1, rupiah: 1 };
    await call(billRoutes.register, { body });
    expect(await lacking()).toBe('telemetry-of-some');
  });

  it('prints as spreadsheets in Bahasa', async () => {
    const csvOf = async (path: string) => (await street.ask(path, { accept: 'text/csv' })).text();
    const month = await csvOf('/api/street/months/2026-06');
    expect(month.split('\r\n')[0]).toBe(
      'Kode;Kelurahan;kWh terukur;kWh perkiraan (tanpa meter);kWh menurut daya lampu;kWh ditagih PLN;Rp ditagih PLN;Lampu bermeter;Lampu tanpa meter;Lampu surya',
    );
    expect(month).toContain(';SELURUH KOTA;370;');
    const findings = await csvOf('/api/street/months/2026-06/findings');
    expect(findings).toContain('Ditagih, tetapi IDPEL tidak dimiliki panel mana pun;perkiraan;515100000009;');
  });

  it('is read by Dishub and the room, and its bills come from their administrators', async () => {
    const viewer = await street.as({ roles: ['viewer'] });
    expect(await viewer(GetStreetMonth, june)).toMatchObject({ month: '2026-06' });
    const body = sheetOf('IDPEL;Bulan;kWh;Rp', ['515100000001;2026-05;1;1']);
    await expect(viewer(billRoutes.import, { query: {}, body })).rejects.toMatchObject({ kind: 'forbidden' });
    const stranger = await street.as({ agencies: ['dlh'] });
    await expect(stranger(GetStreetMonth, june)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('asks where a city lies that nobody wrote down', async () => {
    const elsewhere = await startTestStreet(randomCities(1)[0] ?? '');
    const there = await elsewhere.as({});
    await expect(there(GetStreetMonth, june)).rejects.toMatchObject({ kind: 'invalid' });
    await elsewhere.close();
  });
});
