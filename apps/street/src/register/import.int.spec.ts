import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  LampRegistered,
  lampRoutes,
  ListStreetImports,
  PanelRegistered,
  panelRoutes,
  UndoStreetImport,
  type Client,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { sheetOf, startTestStreet, type TestStreet } from '../street.harness.ts';

const [city = ''] = randomCities(1);
let street: TestStreet;
let call: Client;
beforeAll(async () => {
  street = await startTestStreet(city);
  call = await street.as({});
});
afterAll(() => street.close());

/** As a smart PJU system exports it. */
const SALJU = 'ID Lampu,No Tiang,Panel,IDPEL,Daya (W),Jalan,Latitude,Longitude,Status';
const salju = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const place = `${(-7.755 + at / 1e5).toFixed(5)},${(113.19 + at / 1e5).toFixed(5)}`;
    return `PJU-${String(at).padStart(5, '0')},T-${String(at)},APP-${String(at % 12)},,90,Jl. Soekarno Hatta,${place},Aktif`;
  });
const importLamps = (headings: string, lines: readonly string[], dryRun = false) =>
  call(lampRoutes.import, { query: { dryRun: String(dryRun) }, body: sheetOf(headings, lines) });
const importPanels = (lines: readonly string[]) =>
  call(panelRoutes.import, { query: {}, body: sheetOf('ID Panel;Pasokan;IDPEL;Koordinat;Daya', lines) });
const lampOf = (lampId: string) => call(lampRoutes.get, { params: { lampId } });

const saidOfLamps = () => street.latest(LampRegistered);

describe('the register of lamps from an export of a smart PJU system', () => {
  it('is told first, then imported, heard by screens, changed by importing again, and taken back', async () => {
    const file = salju(300);
    const told = { lines: 300, created: 300, changed: 0, unchanged: 0, errors: [] };
    const dry = await importLamps(SALJU, file, true);
    expect(dry).toMatchObject(told);
    expect(dry.importId).toBeUndefined();
    expect((await call(lampRoutes.list, { query: {} })).items).toEqual([]);

    const done = await importLamps(SALJU, file);
    expect(done).toMatchObject({ ...told, importId: expect.any(String) });
    // what a sheet says beyond the register, and panels nobody registered, are told
    expect(done.warnings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'Kolom "Status" tidak dikenal dan dilewati.',
        'Panel APP-0 belum terdaftar. Impor juga daftar panel.',
      ]),
    );
    expect(await lampOf('PJU-00007')).toMatchObject({
      ...{ poleNumber: 'T-7', panelId: 'APP-7', watt: 90, road: 'Jl. Soekarno Hatta', kind: 'grid' },
      ...{ place: { lat: -7.75493, lng: 113.19007 }, approximate: false, kelurahanCode: '35.74.01.1009', version: 1 },
    });
    await eventually(async () => {
      const lamps = await saidOfLamps();
      expect(lamps.size).toBe(300);
      expect(lamps.get('PJU-00007')?.data).toEqual({
        ...{ lampId: 'PJU-00007', panelId: 'APP-7', kind: 'grid', watt: 90, place: { lat: -7.75493, lng: 113.19007 } },
        ...{ kelurahanCode: '35.74.01.1009', changedAtMs: expect.any(Number) },
      });
    });
    expect(await importLamps(SALJU, file)).toMatchObject({ created: 0, changed: 0, unchanged: 300 });

    // a sheet of two columns more than the key leaves the rest as it is
    const brighter = await importLamps('Kode Lampu;Watt;Lintang;Bujur', ['PJU-00007;120;-7,75493;113,19007']);
    expect(brighter).toMatchObject({ changed: 1, errors: [] });
    expect(await lampOf('PJU-00007')).toMatchObject({ watt: 120, panelId: 'APP-7', version: 2 });

    const first = { params: { importId: done.importId ?? '' } };
    await expect(call(UndoStreetImport, first)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('PJU-00007'),
    });
    const undone = await call(UndoStreetImport, { params: { importId: brighter.importId ?? '' } });
    expect(undone).toEqual({ removed: 0, restored: 1 });
    expect(await call(UndoStreetImport, first)).toEqual({ removed: 300, restored: 0 });
    await expect(call(UndoStreetImport, first)).rejects.toMatchObject({ kind: 'conflict' });
    const { items } = await call(ListStreetImports, { query: { limit: 2 } });
    const listed = { register: 'street.lamps', fileName: expect.any(String), undoneAtMs: expect.any(Number) };
    expect(items).toEqual([
      expect.objectContaining({ ...listed, importId: brighter.importId, created: 0, changed: 1 }),
      expect.objectContaining({ ...listed, importId: done.importId, created: 300, changed: 0 }),
    ]);
    await expect(lampOf('PJU-00007')).rejects.toMatchObject({ kind: 'not-found' });
    await eventually(async () => {
      expect((await saidOfLamps()).size).toBe(0);
    });
  });

  it('writes nothing when one line has an error, and says in which line what to do', async () => {
    const report = await importLamps('ID Lampu;Daya;Latitude;Longitude;Panel', [
      'E-1;90;-7,755;113,190;APP-1',
      'E-2;90;113,190;-7,755;APP-1',
      'E-3;terang;-7,755;113,190;APP-1',
      'E-4;90;;113,190;APP 1',
      'e-1;90;-7,755;113,190;',
    ]);
    expect(report.errors).toMatchObject([
      { line: 3, column: 'Latitude', message: expect.stringContaining('terbalik') },
      { line: 4, column: 'Daya (W)', message: expect.stringContaining('bukan angka') },
      { line: 5, column: 'Latitude', message: expect.stringContaining('kosong') },
      { line: 5, column: 'Panel', message: expect.stringContaining('tanpa spasi') },
      { line: 6, column: 'ID Lampu', message: expect.stringContaining('baris 2') },
    ]);
    expect((await call(lampRoutes.list, { query: { q: 'E-' } })).items).toEqual([]);
  });

  it('answers the whole register as a spreadsheet that changes nothing when imported again', async () => {
    await importPanels(['APP-1;Meter;515100012345;-7.7551, 113.1910;7.7 kVA', 'APP-2;Taksasi;;;']);
    const headings = 'ID Lampu;Daya;Latitude;Longitude;Panel;Sumber Listrik;Tanggal Pasang;Posisi Perkiraan';
    await importLamps(headings, [
      'C-1;90;-7,755;113,190;APP-1;PLN;1/2/2020;tidak',
      'C-2;40;-7,755;113,190;;Surya;;ya',
      'C-3;40;-7,9;113,190;APP-2;;;',
    ]);
    for (const [path, routes, lines] of [
      ['/api/street/lamps', lampRoutes, 3],
      ['/api/street/panels', panelRoutes, 2],
    ] as const) {
      const answer = await street.ask(path, { accept: 'text/csv' });
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      const body = { fileName: 'lagi.csv', contentBase64: Buffer.from(await answer.arrayBuffer()).toString('base64') };
      expect(await call(routes.import, { query: {}, body })).toMatchObject({ lines, unchanged: lines, errors: [] });
    }
    expect(await lampOf('C-2')).toMatchObject({ kind: 'solar', approximate: true });
    // outside the city there is no kelurahan
    expect(await lampOf('C-3')).not.toHaveProperty('kelurahanCode');
  });

  it('reads its own template', async () => {
    const answer = await street.ask('/api/street/lamps/import/template');
    const contentBase64 = Buffer.from(await answer.arrayBuffer()).toString('base64');
    const body = { fileName: 'templat.xlsx', contentBase64 };
    expect(await call(lampRoutes.import, { query: { dryRun: 'true' }, body })).toMatchObject({
      errors: [],
      warnings: [{ line: 2, message: 'Baris contoh dari templat dilewati.' }],
    });
  });
});

describe('panels that an export names by their IDPEL', () => {
  const headings = 'ID Lampu,Panel,IDPEL,Daya,Latitude,Longitude';
  const line = (lampId: string, panelId: string, idpel: string) => `${lampId},${panelId},${idpel},90,-7.755,113.19`;

  it('are registered with the lamps, and leave with them unless somebody uses them', async () => {
    const lines = [
      line('I-1', 'NEW-1', '515100000101'),
      line('I-2', 'NEW-1', '515100000101'),
      line('I-3', 'NEW-2', ''),
    ];
    const done = await importLamps(headings, lines);
    expect(done.warnings.map(({ message }) => message)).toEqual([
      'Panel NEW-1 ikut didaftarkan dengan IDPEL 515100000101; dianggap taksasi sampai diubah.',
      'Panel NEW-2 belum terdaftar. Impor juga daftar panel.',
    ]);
    const panel = () => call(panelRoutes.get, { params: { panelId: 'NEW-1' } });
    expect(await panel()).toMatchObject({ idpel: '515100000101', supply: 'estimated' });
    const more = await importLamps(headings, [line('I-4', 'NEW-1', '')]);
    await call(UndoStreetImport, { params: { importId: done.importId ?? '' } });
    expect(await panel()).toMatchObject({ idpel: '515100000101' });
    await call(UndoStreetImport, { params: { importId: more.importId ?? '' } });

    const again = await importLamps(headings, [line('I-5', 'NEW-3', '515100000103')]);
    await call(UndoStreetImport, { params: { importId: again.importId ?? '' } });
    await expect(call(panelRoutes.get, { params: { panelId: 'NEW-3' } })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are told apart from those of two numbers', async () => {
    const lines = [line('J-1', 'NEW-4', '515100000101'), line('J-2', 'NEW-4', '515100000102')];
    expect(await importLamps(headings, lines)).toMatchObject({
      created: 0,
      errors: [{ line: 3, message: 'Panel NEW-4 disebut berbeda di baris 2. Samakan.' }],
    });
  });
});

describe('seven thousand lamps', () => {
  it('are imported while a person waits, and heard soon after', async () => {
    const file = salju(7000);
    expect(await importLamps(SALJU, file)).toMatchObject({ created: 7000, errors: [] });
    await eventually(async () => {
      expect((await saidOfLamps()).size).toBeGreaterThanOrEqual(7000);
    }, 20_000);
    const ofPanel = await call(lampRoutes.list, { query: { panelId: 'APP-3', limit: 1000 } });
    expect(ofPanel.items).toHaveLength(584);
  });
});

it('panels are heard by screens', async () => {
  await importPanels(['APP-9;Meter;515100012349;-7.7551, 113.1910;7700']);
  await eventually(async () => {
    expect((await street.latest(PanelRegistered)).get('APP-9')?.data).toEqual({
      ...{ panelId: 'APP-9', supply: 'metered', idpel: '515100012349', place: { lat: -7.7551, lng: 113.191 } },
      ...{ contractedVa: 7700, kelurahanCode: '35.74.01.1009', changedAtMs: expect.any(Number) },
    });
  });
});
