import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import {
  createClient,
  GetTruck,
  ImportTrucks,
  ListTrucks,
  RegisterTruck,
  UndoTruckImport,
  type Client,
} from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { WasteConfig } from './config.ts';
import { startWaste } from './waste.module.ts';

const [city = ''] = randomCities(1);
let engine: TestEngine;
let waste: RunningService;
let call: Client;

beforeAll(async () => {
  engine = await startTestEngine();
  const brokers = process.env['KAFKA_BROKERS'];
  const log = await openEventLog(
    brokers === undefined ? { SIAGA_ENGINE: engine.logSocket } : { KAFKA_BROKERS: brokers },
  );
  waste = await startWaste(WasteConfig.parse({ MONGODB_URI: engine.mongoUri, SIAGA_CITY: city }), log);
  call = createClient({ baseUrl: waste.url });
});
afterAll(async () => {
  await waste.close();
  await engine.close();
});

const HEADINGS = 'ID Truk;Nopol;Nomor Lambung;Jenis;Kapasitas;Perangkat';
const run = (lines: readonly string[], dryRun = false) =>
  call(ImportTrucks, {
    query: { dryRun: String(dryRun) },
    body: { fileName: 'truk.csv', contentBase64: Buffer.from([HEADINGS, ...lines].join('\r\n')).toString('base64') },
  });
const truckOf = (truckId: string) => call(GetTruck, { params: { truckId } });
const send = async (deviceId: string) => {
  const query = `id=${deviceId}&lat=-7.75&lon=113.2&timestamp=${String(Date.now())}`;
  return (await fetch(`${waste.url}/ingest/osmand?${query}`)).status;
};

describe('the register of trucks from a spreadsheet', () => {
  it('is told first, then imported, changed by importing again, and taken back', async () => {
    await call(RegisterTruck, {
      body: { truckId: 'A-1', plate: 'N 1 A', hullNumber: '1', kind: 'dump', capacityKg: 4000, devices: [] },
    });
    const file = [
      'A-1;N 1 A;1;Arm roll;4,5 ton;osmand:a1',
      'A-2;N 2 A;2;dump truck;4.000;"osmand:a2; owntracks:dlh/a2"',
    ];
    const told = { lines: 2, created: 1, changed: 1, unchanged: 0, errors: [] };
    expect(await run(file, true)).toMatchObject(told);
    expect(await call(ListTrucks, { query: {} })).toMatchObject({
      items: [{ truckId: 'A-1', kind: 'dump', version: 1 }],
    });

    const done = await run(file);
    expect(done).toMatchObject({ ...told, importId: expect.any(String) });
    expect(await truckOf('A-1')).toMatchObject({ kind: 'armroll', capacityKg: 4500, devices: [{ deviceId: 'a1' }] });
    expect((await truckOf('A-2')).devices).toEqual([
      { protocol: 'osmand', deviceId: 'a2' },
      { protocol: 'owntracks', deviceId: 'dlh/a2' },
    ]);
    expect(await send('a2')).toBe(200);
    expect(await run(file)).toMatchObject({ created: 0, changed: 0, unchanged: 2 });

    // the same file with the devices changed over
    const swapped = await run(['A-1;N 1 A;1;Arm roll;4500;osmand:a2', 'A-2;N 2 A;2;dump;4000;osmand:a1']);
    expect(swapped).toMatchObject({ changed: 2, errors: [] });
    expect((await truckOf('A-1')).devices).toEqual([{ protocol: 'osmand', deviceId: 'a2' }]);

    const first = { params: { importId: done.importId! } };
    await expect(call(UndoTruckImport, first)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('A-1'),
    });
    expect(await call(UndoTruckImport, { params: { importId: swapped.importId! } })).toEqual({
      removed: 0,
      restored: 2,
    });
    expect(await call(UndoTruckImport, first)).toEqual({ removed: 1, restored: 1 });
    await expect(call(UndoTruckImport, first)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await truckOf('A-1')).toMatchObject({ kind: 'dump', capacityKg: 4000, devices: [] });
    await expect(truckOf('A-2')).rejects.toMatchObject({ kind: 'not-found' });
    await eventually(async () => {
      expect(await Promise.all(['a1', 'a2'].map(send))).toEqual([400, 400]);
    });
  });

  it('writes nothing when one line has an error, and says in which line what to do', async () => {
    const report = await run([
      'B-1;N 1 B;1;dump;4000;',
      'B-2;N 2 B;2;becak;4000;',
      'B-3;N 3 B;3;dump;4000;48241179',
      'B-4;N 4 B;4;dump;4000;osmand:b4',
      'B-5;N 5 B;5;dump;4000;osmand:b4',
    ]);
    expect(report).toMatchObject({
      created: 0,
      errors: [
        { line: 3, column: 'Jenis', message: expect.stringContaining('becak') },
        { line: 4, column: 'Perangkat', message: expect.stringContaining('osmand:48241179') },
        { line: 6, column: 'Perangkat', message: 'Perangkat osmand:b4 sudah dipakai truk B-4. Hapus dari salah satu.' },
      ],
    });
    expect(report.importId).toBeUndefined();
    expect((await call(ListTrucks, { query: { q: 'B-' } })).items).toEqual([]);
  });

  it('refuses a device that rides on a truck outside the file', async () => {
    expect(await run(['C-1;N 1 C;1;dump;4000;osmand:c1'])).toMatchObject({ created: 1 });
    expect(await run(['C-2;N 2 C;2;dump;4000;osmand:c1'])).toMatchObject({
      created: 0,
      errors: [{ line: 2, message: expect.stringContaining('truk C-1') }],
    });
  });

  it('reads its own template, and 3 MB', async () => {
    const answer = await fetch(`${waste.url}/api/waste/trucks/import/template`);
    expect(answer.headers.get('content-disposition')).toContain('templat-truk.xlsx');
    const contentBase64 = Buffer.from(await answer.arrayBuffer()).toString('base64');
    const body = { fileName: 'templat-truk.xlsx', contentBase64 };
    expect(await call(ImportTrucks, { query: { dryRun: 'true' }, body })).toMatchObject({
      errors: [],
      warnings: [{ line: 2, message: 'Baris contoh dari templat dilewati.' }],
    });
    const lines = Buffer.from('A-1;N 1 A;1;dump;4000;\r\n'.repeat(130_000));
    const large = { fileName: 'truk.csv', contentBase64: lines.toString('base64') };
    expect(await call(ImportTrucks, { query: {}, body: large })).toMatchObject({ created: 0, errors: [{ line: 1 }] });
  });

  it('knows no import of that name', async () => {
    await expect(call(UndoTruckImport, { params: { importId: 'none' } })).rejects.toMatchObject({ kind: 'not-found' });
  });
});
