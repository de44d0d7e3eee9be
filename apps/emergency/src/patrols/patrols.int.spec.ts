import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AddPatrolPhoto,
  CheckIn,
  ClearEmergencyExercise,
  CountPatrols,
  dayAfter,
  DeclareDuty,
  EndPatrol,
  GetIncident,
  GetPatrol,
  GetPatrolDay,
  ListPatrols,
  ListPatrolRoutes,
  PatrolChanged,
  patrolIdOf,
  PutUnit,
  ReportFinding,
  roundNear,
  StartPatrol,
  type Client,
  type PatrolRoute,
  type PlannedRound,
} from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { patrols } from './patrol-document.ts';

// what is patrolled is known of this city
const city = '3574';
const photoOf = (told: string, mark = 3) => {
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, told.length + 2]), Buffer.from(told)]);
  const drawn = Buffer.from(`ffdb0003aaffda0003bb11${mark.toString(16).padStart(2, '0')}ff0033ffd9`, 'hex');
  return Buffer.concat([Buffer.from('ffd8', 'hex'), exif, drawn]).toString('base64');
};

let emergency: TestEmergency;
let desk: Client;
let andi: Client;
let budi: Client;
let route: PatrolRoute;
/** The round of now, once: the next one may be near. */
let planned: PlannedRound | undefined;
beforeAll(async () => {
  emergency = await startTestEmergency(city);
  desk = await emergency.as();
  andi = await emergency.as({ id: 'andi', roles: ['responder'] });
  budi = await emergency.as({ id: 'budi', roles: ['responder'] });
  const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'] });
  for (const [unitId, name] of [
    ['SPP-1', 'Surya 1'],
    ['SPP-2', 'Surya 2'],
    ['SIM-1', 'Simulasi 1'],
  ] as const) {
    // prettier-ignore
    const by = unitId === 'SIM-1' ? await emergency.as({ id: 'keeper', roles: ['agency-admin'], exercise: true }) : keeper; // prettier-ignore
    const unit = { unitClass: 'foot-patrol', agency: 'satpolpp', answers: 'base' } as const;
    await by(PutUnit, { params: { unitId }, body: { ...unit, name, capabilities: [] } });
  }
  const crew = [
    { principalId: 'andi', name: 'Andi', task: 'leader' as const },
    { principalId: 'budi', name: 'Budi', task: 'officer' as const },
  ];
  const duty = { duty: 'on' as const, untilMs: Date.now() + 3_600_000, crew };
  await desk(DeclareDuty, { params: { unitId: 'SPP-1' }, body: duty });
  const [first] = (await andi(ListPatrolRoutes, {})).items;
  if (first === undefined) throw new Error('nothing is patrolled');
  route = first;
  planned = roundNear(route.rounds, Date.now(), 'Asia/Jakarta');
});
afterAll(() => emergency.close());

/** The round of now, as a phone reckons it. */
function roundOf(unitId: string) {
  const of = { unitId, routeId: route.routeId, day: planned?.day ?? '', round: planned?.round ?? 1 };
  return { of, params: { patrolId: patrolIdOf(of) } };
}
const there = (placeId: string) => {
  const { lat = 0, lng = 0 } = route.places.find((place) => place.placeId === placeId) ?? {};
  return { lat, lng, accuracyM: 8 };
};

it('is walked by two phones of one squad, once: check-ins, a picture, a report that becomes an incident, the end', async () => {
  const { of, params } = roundOf('SPP-1');
  const [one, other] = await Promise.all([andi, budi].map((by) => by(StartPatrol, { body: of })));
  expect(one?.patrolId).toBe(params.patrolId);
  expect(other).toMatchObject({ patrolId: params.patrolId, unitName: 'Surya 1', status: 'under-way' });

  const check = { placeId: 'alun-alun', atMs: Date.now() - 1000, position: there('alun-alun') };
  await Promise.all([andi, budi, andi].map((by) => by(CheckIn, { params, body: check })));
  const byHand = await budi(CheckIn, { params, body: { placeId: 'gladak-serang', position: there('alun-alun') } });
  expect(byHand.checkIns).toMatchObject([{ placeId: 'alun-alun', distanceM: 0 }, { placeId: 'gladak-serang', byHand: true }]); // prettier-ignore
  expect(byHand.checkIns[0]).not.toHaveProperty('byHand');

  const finding = { findingId: 'TMN-7K2M9QXA', kind: 'homeless', position: there('alun-alun'), words: 'dua anak, lapar' } as const; // prettier-ignore
  await andi(ReportFinding, { params, body: { ...finding, asIncident: true } });
  const told = await andi(ReportFinding, { params, body: { ...finding, asIncident: true } });
  expect(told.findings).toMatchObject([{ kind: 'homeless', incidentId: 'INS-7K2M9QXA', words: 'dua anak, lapar' }]);
  const { incident } = await desk(GetIncident, { params: { incidentId: 'INS-7K2M9QXA' } });
  expect(incident).toMatchObject({ kind: 'homeless', patrolId: params.patrolId, place: { source: 'unit', uncertaintyM: 8 } }); // prettier-ignore
  await eventually(async () =>
    expect((await emergency.linesOf('INS-7K2M9QXA')).filter((line) => line === 'opened')).toHaveLength(1),
  );
  // told an hour late, for want of a signal: it is received now, and says when it was seen
  const seenAtMs = Date.now() - 3_600_000;
  const late = { findingId: 'TMN-7K2M9QXB', kind: 'street-vendor', atMs: seenAtMs, asIncident: true } as const;
  await andi(ReportFinding, { params, body: late });
  const found = await desk(GetIncident, { params: { incidentId: 'INS-7K2M9QXB' } });
  expect(found.incident).toMatchObject({ seenAtMs });
  expect(found.incident.openedAtMs).toBeGreaterThan(seenAtMs + 3_599_000);
  await eventually(async () => {
    const { timeline } = await desk(GetIncident, { params: { incidentId: 'INS-7K2M9QXB' } });
    expect(timeline).toMatchObject([{ step: 'opened', seenAtMs, atMs: found.incident.openedAtMs }]);
  });
  // somebody else's incident is not taken for its own
  const second = roundOf('SPP-2');
  await desk(StartPatrol, { body: second.of });
  await expect(desk(ReportFinding, { params: second.params, body: { ...finding, asIncident: true } })).rejects.toMatchObject({ kind: 'conflict' }); // prettier-ignore

  const sent = { contentBase64: photoOf('Exif -7.75,113.21'), placeId: 'alun-alun', findingId: finding.findingId };
  await andi(AddPatrolPhoto, { params, body: sent });
  const { photos } = await andi(AddPatrolPhoto, { params, body: sent });
  expect(photos).toMatchObject([{ contentType: 'image/jpeg', by: 'andi', findingId: finding.findingId }]);
  await expect(andi(AddPatrolPhoto, { params, body: { contentBase64: Buffer.from('<html>').toString('base64') } })).rejects.toMatchObject({ kind: 'invalid' }); // prettier-ignore

  // when their duty is over, what they pressed before may still be told
  await desk(DeclareDuty, { params: { unitId: 'SPP-1' }, body: { duty: 'off' } });
  await budi(CheckIn, { params, body: { placeId: 'taman-maramis', position: there('taman-maramis') } });
  const done = await andi(EndPatrol, { params, body: { atMs: Date.now() - 500 } });
  expect(done).toMatchObject({ status: 'ended', checkIns: { length: 3 } });

  await eventually(async () => {
    const heard = (await emergency.readAll(PatrolChanged)).filter(({ data }) => data?.patrolId === params.patrolId);
    expect(heard.at(-1)).toMatchObject({ exercise: false, data: { status: 'ended', photos: 1 } });
    expect(JSON.stringify(heard)).not.toContain('lapar');
  });
});

it('hands a picture back without what the phone wrote into it, to who may see it', async () => {
  const { params } = roundOf('SPP-1');
  const { photos } = await desk(GetPatrol, { params });
  const path = `${emergency.url()}/api/emergency/patrols/${params.patrolId}/photos/${photos[0]?.hash ?? ''}`;
  const answer = await fetch(path, { headers: await bearer() });
  const content = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
  expect([content.includes('Exif'), content.includes(params.patrolId)]).toEqual([false, true]);
});

it('keeps no picture that no round names, however many phones send theirs at once', async () => {
  const { params } = roundOf('SPP-1');
  const sent = Array.from({ length: 24 }, (_, at) => ({ contentBase64: photoOf('Exif', at) }));
  const outcomes = await Promise.allSettled(sent.map((body) => andi(AddPatrolPhoto, { params, body })));
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  const { photos } = await desk(GetPatrol, { params });
  const kept = await emergency.documents((store) => store.of(patrols).db.collection('blobs').distinct('_id'));
  expect(kept.toSorted()).toEqual(photos.map(({ hash }) => hash).toSorted());
});

it('is for its squad and the desk, of nobody else', async () => {
  const { of, params } = roundOf('SPP-1');
  const citra = await emergency.as({ id: 'citra', roles: ['responder'] });
  await expect(citra(CheckIn, { params, body: { placeId: 'alun-alun' } })).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(citra(StartPatrol, { body: of })).rejects.toMatchObject({ kind: 'forbidden' });
  const dlh = await emergency.as({ id: 'dian', roles: ['responder'], agencies: ['dlh'] });
  await expect(dlh(CheckIn, { params, body: { placeId: 'alun-alun' } })).rejects.toMatchObject({ kind: 'not-found' });
  await expect(desk(StartPatrol, { body: { ...of, round: 9 } })).rejects.toMatchObject({ kind: 'invalid' });
});

it('is counted by place and day, as JSON and as a spreadsheet; what is simulated is not', async () => {
  const { of } = roundOf('SPP-1');
  const drill = await emergency.as({ exercise: true });
  const simulated = roundOf('SIM-1');
  await drill(StartPatrol, { body: simulated.of });
  await drill(CheckIn, { params: simulated.params, body: { placeId: 'alun-alun' } });
  const { items } = await desk(GetPatrolDay, { params: { day: of.day } });
  const round = items.find((one) => one.round === of.round);
  expect(round?.patrols.map(({ unitName }) => unitName).sort()).toEqual(['Surya 1', 'Surya 2']);
  expect(round?.visits.every(({ state }) => state === 'done' || state === 'late')).toBe(true);

  const listed = async (by: Client) =>
    (await by(ListPatrols, { query: { day: of.day } })).items.map(({ unitId }) => unitId);
  expect([(await listed(desk)).toSorted(), await listed(drill)]).toEqual([['SPP-1', 'SPP-2'], ['SIM-1']]);

  const query = { from: of.day, to: dayAfter(of.day, 1) };
  const { totals, days, since } = await desk(CountPatrols, { query });
  expect(since).toBe(of.day);
  expect(days).toEqual(totals.map((total) => ({ day: of.day, ...total })));
  for (const { planned, done, late, missed, waiting } of totals) expect(done + late + missed + waiting).toBe(planned);
  expect(totals.map(({ placeId, byHand }) => [placeId, byHand])).toEqual([['alun-alun', 0], ['taman-maramis', 0], ['gladak-serang', 1]]); // prettier-ignore
  const before = await desk(CountPatrols, { query: { from: dayAfter(of.day, -30), to: of.day } });
  expect(before.totals).toEqual([]);

  const headers = { ...(await bearer()), accept: 'text/csv' };
  const sheet = await fetch(`${emergency.url()}/api/emergency/patrol-counts?from=${query.from}&to=${query.to}`, {
    headers,
  });
  expect(sheet.headers.get('content-type')).toContain('text/csv');
  expect((await sheet.text()).split('\r\n')[1]).toMatch(new RegExp(`^${of.day};pusat-kota;Alun-alun;\\d`));

  const admin = await emergency.as({ roles: ['city-admin'] });
  await admin(ClearEmergencyExercise, {});
  await eventually(async () => {
    expect(await emergency.documents((store) => store.find(patrols, simulated.params.patrolId))).toBeUndefined();
  });
  expect(await desk(GetPatrol, { params: roundOf('SPP-1').params })).toMatchObject({ status: 'ended' });
});

const bearer = async () => ({ authorization: `Bearer ${await emergency.token()}` });
