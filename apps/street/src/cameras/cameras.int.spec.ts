import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CameraRegistered,
  cameraRoutes,
  ForgetCameraCredentials,
  linkRoutes,
  panelRoutes,
  SetCameraCredentials,
  type Client,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { sheetOf, startTestStreet, type TestStreet } from '../street.harness.ts';

const [city = ''] = randomCities(1);
const flora = { lat: -7.7551, lng: 113.2101 };
const password = 'kucing-hitam-77';
let street: TestStreet;
let dishub: Client;
let diskominfo: Client;
let room: Client;
beforeAll(async () => {
  street = await startTestStreet(city);
  [dishub, diskominfo, room] = await Promise.all([
    street.as({}),
    street.as({ id: 'p2', agencies: ['diskominfo'] }),
    street.as({ id: 'p3', agencies: ['command'], roles: ['viewer'] }),
  ]);
});
afterAll(() => street.close());

const camera = (cameraId: string) => ({
  ...({ cameraId, name: 'Simpang Flora', owner: 'dishub', purpose: 'traffic', place: flora } as const),
  ...{ streamUrl: 'rtsp://10.20.1.5:554/live', playbackUrl: 'https://10.20.1.9/rekaman' },
});
const without = (thing: object, ...fields: readonly string[]) =>
  Object.fromEntries(Object.entries(thing).filter(([field]) => !fields.includes(field)));
const byId = (cameraId: string) => ({ params: { cameraId } });

describe('the register of cameras', () => {
  it('is changed by the owner, told to screens without addresses, seen by the room', async () => {
    await dishub(linkRoutes.register, { body: { linkId: 'RADIO-1', name: 'Menara – Flora', owner: 'dishub' } });
    const seen = { directionDeg: 135, fieldOfViewDeg: 80, rangeM: 120, linkId: 'RADIO-1' };
    const made = await dishub(cameraRoutes.register, { body: { ...camera('C-1'), ...seen } });
    expect(made).toMatchObject({ ...camera('C-1'), ...seen, approximate: false, version: 1 });
    await eventually(async () => {
      expect((await street.latest(CameraRegistered)).get('C-1')?.data).toEqual({
        ...{ cameraId: 'C-1', name: 'Simpang Flora', owner: 'dishub', place: flora, ...seen },
        changedAtMs: expect.any(Number),
      });
    });
    const shown = without(made, 'streamUrl', 'playbackUrl');
    expect(await room(cameraRoutes.get, byId('C-1'))).toEqual(shown);
    expect((await room(cameraRoutes.list, { query: {} })).items).toEqual([shown]);
    expect((await room(cameraRoutes.list, { query: { owner: 'dishub' } })).items).toEqual([shown]);
    expect((await room(cameraRoutes.list, { query: { owner: 'dlh' } })).items).toEqual([]);
    expect(await dishub(cameraRoutes.get, byId('C-1'))).toEqual(made);
    const link = { params: { linkId: 'RADIO-1' }, query: { version: 1 } };
    await expect(dishub(linkRoutes.remove, link)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('names panels and links that are there, which stay as long as it names them', async () => {
    await expect(dishub(cameraRoutes.register, { body: { ...camera('C-3'), panelId: 'APP-9' } })).rejects.toMatchObject(
      { kind: 'invalid', issues: [{ at: 'panelId' }] },
    );
    await dishub(panelRoutes.register, { body: { panelId: 'APP-9', supply: 'metered' } });
    await dishub(cameraRoutes.register, { body: { ...camera('C-3'), panelId: 'APP-9' } });
    const panel = { params: { panelId: 'APP-9' }, query: { version: 1 } };
    await expect(dishub(panelRoutes.remove, panel)).rejects.toMatchObject({ kind: 'conflict' });
    await dishub(cameraRoutes.remove, { ...byId('C-3'), query: { version: 1 } });
    await dishub(panelRoutes.remove, panel);
  });

  it('is not there for another agency, which writes nothing in its name', async () => {
    const there = { ...byId('C-1'), body: { ...camera('C-1'), cameraId: undefined, version: 1 } };
    const nowhere = { ...there, ...byId('C-9') };
    const refused = async (asked: Promise<unknown>) => {
      const fault = await asked.then(() => undefined, (error: unknown) => error as Error); // prettier-ignore
      return fault?.message.replaceAll(/C-[19]/g, 'it');
    };
    for (const who of [diskominfo, await street.as({ agencies: ['dishub', 'diskominfo'], roles: ['viewer'] })]) {
      const hears = await refused(who(cameraRoutes.change, there as never));
      expect(hears).toEqual(expect.any(String));
      expect(await refused(who(cameraRoutes.change, nowhere as never))).toBe(hears);
    }
    expect(await refused(diskominfo(cameraRoutes.get, byId('C-1')))).toBe(await refused(diskominfo(cameraRoutes.get, byId('C-9')))); // prettier-ignore
    expect((await diskominfo(cameraRoutes.list, { query: {} })).items).toEqual([]);
    expect((await diskominfo(cameraRoutes.list, { query: { owner: 'dishub' } })).items).toEqual([]);
    const csv = await fetch(`${street.url}/api/street/cameras`, {
      headers: { accept: 'text/csv', authorization: `Bearer ${await street.tokenOf({ agencies: ['diskominfo'] })}` },
    });
    expect((await csv.text()).trim().split('\n')).toHaveLength(1);
    await expect(diskominfo(cameraRoutes.register, { body: camera('C-2') })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const own = await dishub(cameraRoutes.get, byId('C-1'));
    const body = without(own, 'cameraId', 'exercise', 'createdAtMs', 'changedAtMs') as Omit<typeof own, 'cameraId'>;
    await expect(dishub(cameraRoutes.change, { ...byId('C-1'), body: { ...body, owner: 'dlh' } })).rejects.toMatchObject({ kind: 'forbidden' }); // prettier-ignore
    const cityAdmin = await street.as({ agencies: ['command'], roles: ['city-admin'] });
    expect(await cityAdmin(cameraRoutes.change, { ...byId('C-1'), body })).toMatchObject({ version: 2 });
  });

  it('is imported by the owner; a sheet with passwords, of another agency, or about its camera is not', async () => {
    const headings = 'ID Kamera;Nama;OPD Pemilik;Tujuan;Latitude;Longitude;Alamat Aliran;Arah;Tautan Radio';
    const importing = (who: Client, lines: readonly string[]) =>
      who(cameraRoutes.import, { query: {}, body: sheetOf(headings, lines) });
    const line = (id: string, owner: string, address: string) => `${id};Bundaran Gladak Serang;${owner};Lalu lintas;-7,75;113,2;${address};90;RADIO-9`; // prettier-ignore
    const done = await importing(dishub, [line('S-1', 'Dishub', 'rtsp://10.20.1.6/live')]);
    expect(done).toMatchObject({ created: 1, errors: [], warnings: [{ column: 'Tautan Radio' }] });
    expect(await dishub(cameraRoutes.get, byId('S-1'))).toMatchObject({ directionDeg: 90, linkId: 'RADIO-9' });
    const refused = await importing(dishub, [
      line('S-2', 'Dishub', 'rtsp://admin:rahasia@10.20.1.6/live'),
      line('S-3', 'Dishub', 'http://10.20.1.6/?password=rahasia'),
      line('S-4', 'Dishub', 'rtsp://10.20.1.6/user={user}&password={password}&channel=1'),
      line('S-5', 'Diskominfo', 'rtsp://10.20.1.6/live'),
    ]);
    expect(refused.errors.map(({ line: at, column }) => [at, column])).toEqual([
      ...[[2, 'Alamat Aliran'], [3, 'Alamat Aliran'], [5, 'OPD Pemilik']], // prettier-ignore
    ]);
    expect(JSON.stringify(refused)).not.toContain('rahasia');
    const taken = await importing(diskominfo, [line('S-1', 'Diskominfo', '')]);
    expect(taken.errors).toMatchObject([{ line: 2, message: expect.stringContaining('dipakai OPD lain') }]);
  });
});

describe('name and password of a camera', () => {
  it('go in, and are in no answer, event or document that can be read', async () => {
    await dishub(cameraRoutes.register, { body: camera('P-1') });
    const body = { userName: 'penjaga', password };
    const { credentialsAtMs } = await dishub(SetCameraCredentials, { ...byId('P-1'), body });
    const answers = [
      await dishub(cameraRoutes.get, byId('P-1')),
      await dishub(cameraRoutes.list, { query: {} }),
      await (await street.ask('/api/street/cameras', { accept: 'text/csv' })).text(),
      await dishub(cameraRoutes.change, { ...byId('P-1'), body: { ...camera('P-1'), cameraId: undefined, version: 1 } as never }), // prettier-ignore
    ];
    expect(answers[0]).toMatchObject({ credentialsAtMs });
    await eventually(async () => {
      expect((await street.latest(CameraRegistered)).get('P-1')?.data).toMatchObject({ name: 'Simpang Flora' });
    });
    const said = [...(await street.latest(CameraRegistered)).values()];
    for (const text of [JSON.stringify(answers), JSON.stringify(said)])
      expect(text).not.toMatch(new RegExp(`${password}|penjaga|sealed`));
    await expect(diskominfo(SetCameraCredentials, { ...byId('P-1'), body })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await dishub(ForgetCameraCredentials, byId('P-1'));
    expect(await dishub(cameraRoutes.get, byId('P-1'))).not.toHaveProperty('credentialsAtMs');
  });
});
