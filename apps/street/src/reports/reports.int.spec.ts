import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ClearStreetExercise,
  ConditionChanged,
  DismissStreetReport,
  Fault,
  GetStreetReport,
  lampRoutes,
  ListStreetReports,
  MakeStreetReport,
  panelRoutes,
  ReadReportAnswer,
  ReportFromPole,
  StreetReportChanged,
  type Client,
  type StreetTrouble,
} from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { startTestStreet, type TestStreet } from '../street.harness.ts';

const place = { lat: -7.7551, lng: 113.191 };
/** Metres north of {@link place}. */
const north = (metres: number) => ({ lat: place.lat + metres / 111_195, lng: place.lng });

let street: TestStreet;
let desk: Client;
let citizen: Client;
beforeAll(async () => {
  street = await startTestStreet('3574');
  desk = await street.as({ roles: ['dispatcher'] });
  citizen = await street.as({ id: 'nobody', roles: [], agencies: [] });
  const administrator = await street.as({});
  await administrator(panelRoutes.register, { body: { panelId: 'APP-1', supply: 'metered' } });
  const lamp = { panelId: 'APP-1', watt: 90, poleNumber: 'T-07' };
  for (const [at, lampId] of ['PJU-1', 'PJU-2', 'PJU-3', 'PJU-4'].entries())
    await administrator(lampRoutes.register, { body: { ...lamp, lampId, place: north(at * 30) } });
});
afterAll(() => street.close());

const keyOf = () => randomBytes(16).toString('hex');
const fromPole = (lampId: string, trouble: StreetTrouble, further = {}) =>
  citizen(ReportFromPole, { body: { lampId, trouble, key: keyOf(), ...further } });
const openOf = async (lampId: string) => {
  const { items } = await desk(ListStreetReports, { query: { open: 'true', lampId } });
  return items;
};

describe('reports of people', () => {
  it('of one lamp and one trouble are one report that says how often, and one condition of that lamp', async () => {
    const said = await street.latest(ConditionChanged);
    const heard = await street.latest(StreetReportChanged);
    const key = keyOf();
    await citizen(ReportFromPole, { body: { lampId: 'PJU-1', trouble: 'dark', key, text: 'Gelap 👨‍👩‍👧\nsejak Senin' } });
    // the network broke off before the answer: the phone sends it again
    await citizen(ReportFromPole, { body: { lampId: 'PJU-1', trouble: 'dark', key } });
    await desk(MakeStreetReport, {
      body: {
        source: '112',
        lampId: 'PJU-1',
        trouble: 'dark',
        reporterName: 'Bu Siti',
        reporterPhone: '0812 3456 789',
      },
    });
    await desk(MakeStreetReport, { body: { source: 'neighbourhood', lampId: 'PJU-1', trouble: 'flickering' } });
    const [flickering, dark] = await openOf('PJU-1');
    expect(flickering).toMatchObject({ trouble: 'flickering', times: 1 });
    expect(dark).toMatchObject({ trouble: 'dark', status: 'accepted', times: 2, sources: ['public', '112'], place });
    expect(dark?.kelurahanCode).toMatch(/^35\.74\./);
    await eventually(() => {
      expect(said.get('lamp:PJU-1/reportedDark')?.data).toMatchObject({
        ...{ active: true, basis: 'reported', name: 'T-07', within: ['panel:APP-1'] },
        detail: 'lampu padam, dilaporkan 2 kali',
      });
      expect(heard.get(String(dark?.reportId))?.data).toMatchObject({ times: 2, version: 2 });
    });
    // nothing of people leaves in an event
    expect(JSON.stringify([...heard.values(), ...said.values()])).not.toMatch(/Siti|0812|Senin/);
  });

  it('shows who told to those who may see it, and masks it for others', async () => {
    const [, dark] = await openOf('PJU-1');
    const params = { reportId: String(dark?.reportId) };
    const { voices } = await desk(GetStreetReport, { params });
    expect(voices).toMatchObject([
      { source: 'public', text: 'Gelap 👨‍👩‍👧\nsejak Senin' },
      { source: '112', reporterName: 'Bu Siti', reporterPhone: '0812 3456 789' },
    ]);
    const supervisor = await street.as({ roles: ['supervisor'] });
    const masked = await supervisor(GetStreetReport, { params });
    expect(masked.voices[1]).toMatchObject({ reporterName: '•••', reporterPhone: '•••' });
    const viewer = await street.as({ roles: ['viewer'] });
    await expect(viewer(GetStreetReport, { params })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('of a place are joined within 40 m with the nearest of the same trouble, whoever names a lamp', async () => {
    const patrol = (at: object) =>
      desk(MakeStreetReport, { body: { source: 'patrol', trouble: 'leaning-pole', ...at } });
    const first = await patrol({ place: north(500) });
    const near = await patrol({ place: north(535) });
    const far = await patrol({ place: north(545) });
    expect(near).toMatchObject({ reportId: first.reportId, times: 2 });
    expect(far).toMatchObject({ times: 1 });
    // neighbours that are both named are two troubles, thirty metres apart as they are
    const [one, two] = [await patrol({ lampId: 'PJU-3' }), await patrol({ lampId: 'PJU-4' })];
    expect(one.reportId).not.toBe(two.reportId);
    expect(await patrol({ place: north(92) })).toMatchObject({ reportId: two.reportId, times: 2 });
  });

  it('told at the same moment are joined', async () => {
    const body = { source: 'patrol' as const, trouble: 'cable' as const, place: north(2000) };
    const all = await Promise.all(Array.from({ length: 8 }, () => desk(MakeStreetReport, { body })));
    expect(new Set(all.map(({ reportId }) => reportId)).size).toBe(1);
    expect(Math.max(...all.map(({ times }) => times))).toBe(8);
  });

  it('of a cable are danger to life only when somebody we know says so', async () => {
    const said = await street.latest(ConditionChanged);
    await fromPole('PJU-2', 'cable');
    await eventually(() => {
      expect(said.get('lamp:PJU-2/reportedCable')?.data).toMatchObject({ severity: 'high' });
    });
    await desk(MakeStreetReport, { body: { source: 'patrol', lampId: 'PJU-2', trouble: 'cable' } });
    await eventually(() => {
      expect(said.get('lamp:PJU-2/reportedCable')?.data).toMatchObject({ severity: 'critical', lifeRisk: true });
    });
  });

  it('are closed with an answer that people can read; the condition ends, and the next one is a new report', async () => {
    const said = await street.latest(ConditionChanged);
    const key = keyOf();
    await citizen(ReportFromPole, { body: { lampId: 'PJU-2', trouble: 'day-burning', key } });
    expect(await citizen(ReadReportAnswer, { body: { key } })).toMatchObject({
      status: 'accepted',
      trouble: 'day-burning',
    });
    const [report] = (await openOf('PJU-2')).filter(({ trouble }) => trouble === 'day-burning');
    const params = { reportId: String(report?.reportId) };
    await desk(DismissStreetReport, { params, body: { answer: 'Sedang diuji petugas sampai sore' } });
    expect(await citizen(ReadReportAnswer, { body: { key } })).toMatchObject({
      ...{ status: 'dismissed', answer: 'Sedang diuji petugas sampai sore' },
    });
    await eventually(() => {
      expect(said.get('lamp:PJU-2/reportedDayBurning')?.data).toMatchObject({ active: false });
    });
    await expect(desk(DismissStreetReport, { params, body: { answer: 'lagi' } })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await fromPole('PJU-2', 'day-burning');
    const [next] = (await openOf('PJU-2')).filter(({ trouble }) => trouble === 'day-burning');
    expect(next?.reportId).not.toBe(report?.reportId);
  });
});

describe('the door on the pole', () => {
  it('answers alike whether the lamp is known or not, and keeps what was told of an unknown one', async () => {
    const send = async (lampId: string, key: string) => {
      const body = JSON.stringify({ lampId, trouble: 'dark', key });
      const response = await fetch(`${street.url}/api/street/public/reports`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
      });
      return { status: response.status, body: await response.text() };
    };
    const [known, unknown] = [keyOf(), keyOf()];
    const answered = await send('PJU-4', known);
    expect(answered.status).toBe(201);
    expect(await send('PJU-9999', unknown)).toEqual(answered);
    const [toKnown, toUnknown] = [
      await citizen(ReadReportAnswer, { body: { key: known } }),
      await citizen(ReadReportAnswer, { body: { key: unknown } }),
    ];
    expect(Object.keys(toUnknown).toSorted()).toEqual(Object.keys(toKnown).toSorted());
    expect(await openOf('PJU-9999')).toMatchObject([{ isUnknownLamp: true, times: 1 }]);
    const said = { source: 'desk' as const, lampId: 'PJU-9999', trouble: 'dark' as const };
    await expect(desk(MakeStreetReport, { body: said })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(citizen(ReadReportAnswer, { body: { key: keyOf() } })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('closes for a while before one pole, and one address, have told too much', async () => {
    const tell = async (lampId: string) => {
      try {
        await fromPole(lampId, 'dark');
        return 'taken';
      } catch (error) {
        return error instanceof Fault ? error.kind : error;
      }
    };
    const ofPole: unknown[] = [];
    for (let times = 0; times < 11; times += 1) ofPole.push(await tell('PJU-3'));
    expect(ofPole.slice(-1)).toEqual(['too-many']);
    const ofAddress: unknown[] = [];
    for (let times = 0; times < 12; times += 1) ofAddress.push(await tell(`PJU-8${String(times)}`));
    expect(ofAddress.slice(-1)).toEqual(['too-many']);
    // the desk goes on
    await desk(MakeStreetReport, { body: { source: 'desk', lampId: 'PJU-3', trouble: 'flickering' } });
  });
});

describe('a simulation', () => {
  it('never mixes with the city’s own reports, and leaves nothing', async () => {
    const drill = await street.as({ id: 'sim', roles: ['dispatcher'], exercise: true });
    const body = { source: 'patrol' as const, lampId: 'PJU-1', trouble: 'dark' as const };
    const real = await desk(MakeStreetReport, { body });
    const simulated = await drill(MakeStreetReport, { body });
    expect(simulated).toMatchObject({ times: 1 });
    expect(simulated.reportId).not.toBe(real.reportId);
    const administrator = await street.as({ roles: ['city-admin'], agencies: ['command'] });
    await administrator(ClearStreetExercise, {});
    expect((await openOf('PJU-1')).map(({ reportId }) => reportId)).not.toContain(simulated.reportId);
    expect((await openOf('PJU-1')).map(({ reportId }) => reportId)).toContain(real.reportId);
  });
});
