import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ClearStreetExercise,
  ConditionChanged,
  dayAt,
  DismissStreetReport,
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
import { databaseOf } from '@siaga/store';
import { eventually } from '@siaga/testing';
import { createConnection, type Connection } from 'mongoose';
import { startTestStreet, type TestStreet } from '../street.harness.ts';

const place = { lat: -7.7551, lng: 113.191 };
/** Metres north of {@link place}. */
const north = (metres: number) => ({ lat: place.lat + metres / 111_195, lng: place.lng });

/** Another city of the same installation, with a pole of the same name. */
const other = '3573';
const city = '3574';

let street: TestStreet;
let desk: Client;
let citizen: Client;
beforeAll(async () => {
  street = await startTestStreet(city, { SIAGA_CITIES: other });
  desk = await street.as({ roles: ['dispatcher'] });
  citizen = await street.as({ id: 'nobody', roles: [], agencies: [] });
  const administrator = await street.as({});
  await administrator(panelRoutes.register, { body: { panelId: 'APP-1', supply: 'metered' } });
  const lamp = { panelId: 'APP-1', watt: 90, poleNumber: 'T-07' };
  for (const [at, lampId] of ['PJU-1', 'PJU-2', 'PJU-3', 'PJU-4'].entries())
    await administrator(lampRoutes.register, { body: { ...lamp, lampId, place: north(at * 30) } });
  const elsewhere = await street.as({ city: other });
  await elsewhere(lampRoutes.register, { body: { lampId: 'PJU-1', watt: 90, place: { lat: -7.98, lng: 112.63 } } });
});
afterAll(() => street.close());

const keyOf = () => randomBytes(16).toString('hex');
const fromPole = (lampId: string, trouble: StreetTrouble, further = {}) =>
  citizen(ReportFromPole, { body: { city, lampId, trouble, key: keyOf(), ...further } });
const openOf = async (lampId: string) => {
  const { items } = await desk(ListStreetReports, { query: { open: 'true', lampId } });
  return items;
};

describe('reports of people', () => {
  it('of one lamp and one trouble are one report that says how often, and one condition of that lamp', async () => {
    const said = await street.latest(ConditionChanged);
    const heard = await street.latest(StreetReportChanged);
    const key = keyOf();
    await citizen(ReportFromPole, {
      body: { city, lampId: 'PJU-1', trouble: 'dark', key, text: 'Gelap 👨‍👩‍👧\nsejak Senin' },
    });
    // the network broke off before the answer: the phone sends it again
    await citizen(ReportFromPole, { body: { city, lampId: 'PJU-1', trouble: 'dark', key } });
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
    // nothing of people leaves in an event; an id of one may have any four digits in it
    expect(JSON.stringify([...heard.values(), ...said.values()])).not.toMatch(/Siti|0812 3456|Senin/);
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

  it('are taken down by whoever answers calls, by pole number or place; who is not of the lamps sees no list', async () => {
    const taker = await street.as({ id: 'taker', roles: ['call-taker'], agencies: ['command'] });
    const { items } = await taker(lampRoutes.list, { query: { q: 't-07', limit: 2 } });
    expect(items.map(({ lampId }) => lampId)).toEqual(['PJU-1', 'PJU-2']);
    const body = { source: '112' as const, trouble: 'flickering' as const, place: north(3000) };
    const first = await taker(MakeStreetReport, { body });
    const satpol = await street.as({ id: 'satpol', roles: ['call-taker'], agencies: ['satpolpp'] });
    expect(await satpol(MakeStreetReport, { body })).toMatchObject({ reportId: first.reportId, times: 2 });
    await expect(satpol(ListStreetReports, { query: {} })).rejects.toMatchObject({ kind: 'forbidden' });
    const params = { reportId: first.reportId };
    await expect(taker(GetStreetReport, { params })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(taker(DismissStreetReport, { params, body: { answer: 'x' } })).rejects.toMatchObject({ kind: 'forbidden' }); // prettier-ignore
  });

  it('told at the same moment are joined', async () => {
    const body = { source: 'patrol' as const, trouble: 'cable' as const, place: north(2000) };
    const all = await Promise.all(Array.from({ length: 8 }, () => desk(MakeStreetReport, { body })));
    expect(new Set(all.map(({ reportId }) => reportId)).size).toBe(1);
    expect(Math.max(...all.map(({ times }) => times))).toBe(8);
  });

  it('told at the same moment through two processes are one, though the places lie in two tiles of the map', async () => {
    const replica = await street.replica();
    const [here, there] = [desk, await replica.as({ roles: ['dispatcher'] })];
    const tell = (who: Client, metres: number) =>
      who(MakeStreetReport, { body: { source: 'patrol', trouble: 'dark', place: north(metres) } });
    for (let round = 0; round < 6; round += 1) {
      const metres = 20_000 + round * 1000;
      const told = [tell(here, metres), tell(there, metres + 35), tell(here, metres + 10), tell(there, metres + 5)];
      const all = await Promise.all(told);
      expect(new Set(all.map(({ reportId }) => reportId)).size).toBe(1);
      expect(all.map(({ times }) => times).toSorted()).toEqual([1, 2, 3, 4]);
    }
    // one that took a number and died: whoever comes near opens it
    const place = north(40_000);
    await inDatabase(
      (database) =>
      database
        .collection<{ _id: string }>('street_report_openings')
        .updateOne({ _id: 'dark' }, { $push: { openings: { reportId: 'LAP-DEADDEAD', place } }, $inc: { version: 1 } }), // prettier-ignore
    );
    const both = await Promise.all([tell(here, 40_020), tell(there, 40_030)]);
    expect(both.map(({ reportId }) => reportId)).toEqual(['LAP-DEADDEAD', 'LAP-DEADDEAD']);
    // one who is heard by both counts once
    const phone = await replica.as({ id: 'nobody', roles: [], agencies: [] });
    const body = { city, lampId: 'PJU-1', trouble: 'leaning-pole' as const, key: keyOf() };
    await Promise.all([citizen, phone].map((who) => who(ReportFromPole, { body })));
    const leaning = (await openOf('PJU-1')).filter(({ trouble }) => trouble === 'leaning-pole');
    expect(leaning).toMatchObject([{ times: 1 }]);
  }, 30_000);

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
    await citizen(ReportFromPole, { body: { city, lampId: 'PJU-2', trouble: 'day-burning', key } });
    expect(await citizen(ReadReportAnswer, { body: { city, key } })).toMatchObject({
      status: 'accepted',
      trouble: 'day-burning',
    });
    const [report] = (await openOf('PJU-2')).filter(({ trouble }) => trouble === 'day-burning');
    const params = { reportId: String(report?.reportId) };
    await desk(DismissStreetReport, { params, body: { answer: 'Sedang diuji petugas sampai sore' } });
    expect(await citizen(ReadReportAnswer, { body: { city, key } })).toMatchObject({
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

/** Somebody with a telephone, wherever he is. */
async function tell(body: object, address = '203.0.113.1') {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  const told = { city, trouble: 'dark', key: keyOf(), ...body };
  const response = await fetch(`${street.url}/api/street/public/reports`, {
    ...{ method: 'POST', headers, body: JSON.stringify(told) },
  });
  return { status: response.status, body: await response.text() };
}

describe('the door on the pole', () => {
  it('answers alike whether the lamp is known or not, and keeps what was told of an unknown one', async () => {
    const [known, unknown] = [keyOf(), keyOf()];
    const answered = await tell({ lampId: 'PJU-4', key: known });
    expect(answered.status).toBe(201);
    expect(await tell({ lampId: 'PJU-9999', key: unknown })).toEqual(answered);
    const [toKnown, toUnknown] = [
      await citizen(ReadReportAnswer, { body: { city, key: known } }),
      await citizen(ReadReportAnswer, { body: { city, key: unknown } }),
    ];
    expect(Object.keys(toUnknown).toSorted()).toEqual(Object.keys(toKnown).toSorted());
    expect(await openOf('PJU-9999')).toMatchObject([{ isUnknownLamp: true, times: 1 }]);
    const said = { source: 'desk' as const, lampId: 'PJU-9999', trouble: 'dark' as const };
    await expect(desk(MakeStreetReport, { body: said })).rejects.toMatchObject({ kind: 'invalid' });
    const nobody = citizen(ReadReportAnswer, { body: { city, key: keyOf() } });
    await expect(nobody).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is of the city that the code names; a city that is not here has unknown poles', async () => {
    const key = keyOf();
    const answered = await tell({ city: other, lampId: 'PJU-1', trouble: 'cable', key });
    const elsewhere = await street.as({ city: other, roles: ['dispatcher'] });
    const openThere = async () => (await elsewhere(ListStreetReports, { query: { open: 'true' } })).items;
    expect(await openThere()).toMatchObject([{ lampId: 'PJU-1', trouble: 'cable', times: 1 }]);
    // nobody wrote this city down: its days are those of western Indonesia, and a report is due when one of them ends
    const [due] = await openThere();
    const dueAtMs = due?.dueAtMs ?? 0;
    expect(dayAt(dueAtMs, 'Asia/Jakarta')).not.toBe(dayAt(dueAtMs - 1, 'Asia/Jakarta'));
    expect((await openOf('PJU-1')).map(({ trouble }) => trouble)).not.toContain('cable');
    expect(await citizen(ReadReportAnswer, { body: { city: other, key } })).toMatchObject({ trouble: 'cable' });
    const atHome = citizen(ReadReportAnswer, { body: { city, key } });
    await expect(atHome).rejects.toMatchObject({ kind: 'not-found' });

    const lost = keyOf();
    expect(await tell({ city: '9999', lampId: 'PJU-1', trouble: 'cable', key: lost })).toEqual(answered);
    expect(await openOf('9999.PJU-1')).toMatchObject([{ isUnknownLamp: true }]);
    expect(await citizen(ReadReportAnswer, { body: { city: '9999', key: lost } })).toMatchObject({
      status: 'accepted',
    });
    expect(await openThere()).toHaveLength(1);
  });

  it('closes for a while before one pole, and one address, have told too much', async () => {
    const statuses = async (times: number, body: (at: number) => object, address: (at: number) => string) => {
      const all: number[] = [];
      for (let at = 0; at < times; at += 1) all.push((await tell(body(at), address(at))).status);
      return all;
    };
    const ofPole = await statuses(11, () => ({ lampId: 'PJU-3' }), (at) => `198.51.100.${String(at)}`); // prettier-ignore
    expect(ofPole).toEqual([...Array.from({ length: 10 }, () => 201), 429]);
    // poles that are not registered: three, while those of ours are welcome still
    const strange = await statuses(4, (at) => ({ lampId: `PJU-8${String(at)}` }), () => '192.0.2.1'); // prettier-ignore
    expect(strange).toEqual([201, 201, 201, 429]);
    const ours = await statuses(17, (at) => ({ lampId: `PJU-${String([1, 2, 4][at % 3])}` }), () => '192.0.2.1'); // prettier-ignore
    expect([ours.slice(0, 16), ours.at(-1)]).toEqual([Array.from({ length: 16 }, () => 201), 429]);
    // the desk goes on
    await desk(MakeStreetReport, { body: { source: 'desk', lampId: 'PJU-3', trouble: 'flickering' } });
  });

  it('pushes out none of what was taken down, and what it says itself is bounded', async () => {
    const reporterName = 'Bu Siti';
    const { reportId } = await desk(MakeStreetReport, {
      body: { source: '112', lampId: 'PJU-4', trouble: 'day-burning', reporterName },
    });
    const document = { _id: reportId };
    await inDatabase(async (database) => {
      const made = Array.from({ length: 100 }, (_, at) => ({
        source: 'public',
        atMs: 1,
        text: `karangan ${String(at)}`,
      }));
      await database
        .collection<{ _id: string }>('street_reports')
        .updateOne(document, { $set: { publicVoices: made } });
    });
    const key = keyOf();
    await tell({ lampId: 'PJU-4', trouble: 'day-burning', text: 'menyala terus', key }, '192.0.2.2');
    await tell({ lampId: 'PJU-4', trouble: 'day-burning', text: 'menyala terus', key }, '192.0.2.2');
    const { voices, times } = await desk(GetStreetReport, { params: { reportId } });
    expect(times).toBe(2);
    expect(voices).toHaveLength(101);
    expect(voices.filter(({ source }) => source === '112')).toMatchObject([{ reporterName }]);
    expect(voices.map(({ text }) => text)).toContain('menyala terus');
    expect(voices.map(({ text }) => text)).not.toContain('karangan 0');
  });

  it('lets a hundred wait of poles that are not registered, and says so; those of ours are welcome', async () => {
    const made = (at: number) => tell({ lampId: `MADE-UP-${String(at)}` }, `198.18.0.${String(at)}`);
    const statuses: number[] = [];
    for (let from = 0; from < 110; from += 10)
      statuses.push(...(await Promise.all(Array.from({ length: 10 }, (_, at) => made(from + at)))).map((one) => one.status)); // prettier-ignore
    const { items } = await desk(ListStreetReports, { query: { open: 'true', limit: 1000 } });
    expect(items.filter(({ isUnknownLamp }) => isUnknownLamp === true)).toHaveLength(100);
    expect(statuses.at(-1)).toBe(429);
    expect((await made(200)).body).toContain('112');
    expect((await tell({ lampId: 'PJU-4', trouble: 'flickering' }, '198.18.1.1')).status).toBe(201);
  }, 30_000);
});

describe('time', () => {
  it('lets screens go of what is closed, while lists have it; and ends what nobody can look for, with an answer', async () => {
    const heard = await street.latest(StreetReportChanged);
    const [strange] = await openOf('PJU-9999');
    const made = await desk(MakeStreetReport, { body: { source: 'desk', place: north(5000), trouble: 'dark' } });
    await desk(DismissStreetReport, { params: { reportId: made.reportId }, body: { answer: 'sudah menyala' } });
    await eventually(() => expect(heard.get(made.reportId)?.data).toMatchObject({ status: 'dismissed' }));
    const longAgo = Date.now() - 8 * 86_400_000;
    await inDatabase(async (database) => {
      const kept = database.collection<{ _id: string }>('street_reports');
      await kept.updateOne({ _id: made.reportId }, { $set: { closedAtMs: longAgo, wakeAtMs: 1 } });
      await kept.updateOne({ _id: String(strange?.reportId) }, { $set: { lastAtMs: longAgo, wakeAtMs: 1 } });
    });
    await eventually(async () => {
      expect(heard.has(made.reportId)).toBe(false);
      expect(heard.get(String(strange?.reportId))?.data).toMatchObject({ status: 'dismissed' });
      const { items } = await desk(ListStreetReports, { query: { open: 'false', limit: 1000 } });
      expect(items.map(({ reportId }) => reportId)).toEqual(expect.arrayContaining([made.reportId, strange?.reportId]));
    });
  });
});

/** The documents of the city, beside the service. */
async function inDatabase(act: (database: Connection) => Promise<unknown>): Promise<void> {
  const database = await createConnection(street.mongoUri, { dbName: databaseOf(city) }).asPromise();
  try {
    await act(database);
  } finally {
    await database.close();
  }
}

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
