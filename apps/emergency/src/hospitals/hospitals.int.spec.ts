import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AddHospitalPerson,
  AcknowledgePatient,
  AnnouncePatient,
  CancelBedRequest,
  CancelUnit,
  CloseIncident,
  DeclareDuty,
  DispatchUnit,
  GetHospital,
  GetHospitalEntry,
  ListHospitals,
  ListOwnHospitals,
  OpenIncident,
  PutHospital,
  RemoveHospitalPerson,
  PutUnit,
  ReportBeds,
  RequestBed,
  StepUnit,
  TakeBedFeed,
  type Client,
  type Fault,
} from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { hospitals } from './hospital-document.ts';

const place = { lat: -7.7551, lng: 113.2161 };
const rs = { hospitalId: 'RS-1' };

let emergency: TestEmergency;
let desk: Client;
let igd: Client;
beforeAll(async () => {
  emergency = await startTestEmergency('3574');
  desk = await emergency.as();
  igd = await emergency.as({ id: 'igd-1', roles: ['responder'], agencies: ['rs'] });
  const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'] });
  const body = { name: 'RS Satu', place, services: ['IGD 24 jam'], feedClasses: { '24': 'icu' as const } };
  await keeper(PutHospital, { params: rs, body: { ...body, people: ['igd-1', 'siranap-1'] } });
  await keeper(PutHospital, { params: { hospitalId: 'RS-2' }, body: { ...body, people: ['igd-2'] } });
});
afterAll(() => emergency.close());

async function incident(): Promise<string> {
  const at = { ...place, uncertaintyM: 20, source: 'map' } as const;
  return (await desk(OpenIncident, { body: { kind: 'medical', place: at } })).incidentId;
}
const count = (totalCount: number, occupiedCount: number, by: Client = igd) =>
  by(ReportBeds, { params: rs, body: { beds: [{ bedClass: 'icu', totalCount, occupiedCount }] } });
const ask = async (incidentId: string, further: { assignmentId?: string } = {}, by: Client = desk) => {
  const { requests } = await by(RequestBed, { params: rs, body: { incidentId, bedClass: 'icu', ...further } });
  const request = requests.findLast((one) => one.incidentId === incidentId);
  if (request === undefined) throw new Error('no request');
  return request;
};
const now = () => desk(GetHospital, { params: rs });
const icu = async () => (await now()).beds.find(({ bedClass }) => bedClass === 'icu');

describe('a hospital', () => {
  it('is known from the beginning by its name, and nothing of its beds is', async () => {
    const { items } = await desk(ListHospitals, {});
    expect(items.find(({ hospitalId }) => hospitalId === 'rsud-ar-rozy')).toMatchObject({
      ...{ isApproximate: true, beds: [], requests: [] },
    });
    await expect(ask(await incident())).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('shows its people theirs, and nothing else', async () => {
    expect((await igd(ListOwnHospitals, {})).items.map(({ hospitalId }) => hospitalId)).toEqual(['RS-1']);
    await expect(igd(GetHospital, { params: { hospitalId: 'RS-2' } })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(igd(ListHospitals, {})).rejects.toMatchObject({ kind: 'forbidden' });
    const other = await emergency.as({ id: 'igd-2', roles: ['responder'], agencies: ['rs'] });
    await expect(count(9, 0, other)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('an IGD with more patients than beds', () => {
  it('says so: none is free, nothing was promised, and none is asked of it', async () => {
    const overfull = { bedClass: 'igd' as const, totalCount: 12, occupiedCount: 15 };
    const { beds } = await igd(ReportBeds, { params: rs, body: { beds: [overfull] } });
    expect(beds).toMatchObject([{ ...overfull, heldCount: 0, freeCount: 0 }]);
    expect(beds[0]).not.toHaveProperty('isShort');
    const body = { incidentId: await incident(), bedClass: 'igd' as const };
    await expect(desk(RequestBed, { params: rs, body })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('the last bed', () => {
  it('goes to one of many at the same moment, also over two processes; the others are told by whom', async () => {
    await count(12, 11);
    const second = await emergency.another();
    const askers = await Promise.all(
      Array.from({ length: 8 }, async (_, at) => ({
        by: await emergency.as({ id: `desk-${String(at)}` }, at % 2 === 0 ? undefined : second),
        incidentId: await incident(),
      })),
    );
    const outcomes = await Promise.allSettled(askers.map(({ by, incidentId }) => ask(incidentId, {}, by)));
    await second.close();
    const [won] = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Fault] : []));
    expect(lost).toHaveLength(7);
    for (const fault of lost) expect(fault).toMatchObject({ kind: 'conflict', deed: { by: won?.requested.by } });
    expect(await icu()).toMatchObject({ heldCount: 1, freeCount: 0 });
  });

  it('stays held over a restart and the feed; older counts and bad rows change nothing', async () => {
    await emergency.restart();
    const feed = await emergency.as({ id: 'siranap-1', kind: 'device', roles: ['device'], agencies: ['rs'] });
    const send = (atMs: number, jumlah: string) =>
      feed(TakeBedFeed, {
        params: rs,
        body: { atMs, rows: [{ id_tt: '24', jumlah, terpakai: '10' }, { id_tt: '7' }] },
      });
    expect(await send(Date.now() + 1, '12')).toMatchObject({ taken: ['icu'], refused: [{ row: 1 }] });
    expect(await icu()).toMatchObject({
      totalCount: 12,
      occupiedCount: 10,
      heldCount: 1,
      freeCount: 1,
      source: 'feed',
    });
    expect(await send(Date.now() - 60_000, '40')).toMatchObject({ taken: [], older: ['icu'] });
    await expect(send(Date.now() + 600_000, '12')).rejects.toMatchObject({ kind: 'invalid' });
    expect(await icu()).toMatchObject({ totalCount: 12, heldCount: 1 });
  });

  it('is free again when it runs out, and the incident’s timeline says so', async () => {
    const { requests } = await now();
    const [request] = requests.filter(({ status }) => status === 'held');
    if (request === undefined) throw new Error('nothing is held');
    await emergency.documents((store) =>
      store.change(hospitals, {
        where: { _id: 'RS-1' },
        change: { $set: { 'requests.0.expiresAtMs': Date.now(), wakeAtMs: Date.now() } },
      }),
    );
    await eventually(async () => expect(await icu()).toMatchObject({ heldCount: 0, freeCount: 2 }));
    await eventually(async () => {
      const lines = await emergency.linesOf(request.incidentId);
      expect(lines).toEqual(expect.arrayContaining(['bed-requested', 'bed-expired']));
    });
  });
});

it('gives one bed to one press, also where the service dies before its answer was heard', async () => {
  await count(12, 11);
  const incidentId = await incident();
  const press = () =>
    desk(RequestBed, { params: rs, body: { incidentId, bedClass: 'icu' } }, { idempotencyKey: 'sekali' });
  await press();
  await emergency.restart();
  const again = await press();
  expect(again.requests.filter((one) => one.incidentId === incidentId)).toHaveLength(1);
  expect(await icu()).toMatchObject({ heldCount: 1, freeCount: 0 });
  await expect(ask(await incident())).rejects.toMatchObject({ kind: 'conflict' });
  await eventually(async () => {
    const asked = (await emergency.linesOf(incidentId)).filter((line) => line === 'bed-requested');
    expect(asked).toHaveLength(1);
  });
  await desk(CloseIncident, { params: { incidentId }, body: { disposition: 'treated-released' } });
  await eventually(async () => expect(await icu()).toMatchObject({ heldCount: 0, freeCount: 1 }));
  await eventually(async () => expect(await emergency.linesOf(incidentId)).toContain('bed-released'));
});

describe('what a hospital says of itself', () => {
  it('is counted by the desk that rang up, with who said it, which no screen shows', async () => {
    const body = { beds: [{ bedClass: 'hcu' as const, totalCount: 6, occupiedCount: 2 }] };
    await desk(ReportBeds, { params: rs, body: { ...body, channel: 'telephone', saidBy: 'Suster Wati' } });
    const hcu = (await now()).beds.find(({ bedClass }) => bedClass === 'hcu');
    expect(hcu).toMatchObject({ freeCount: 4, source: 'desk', channel: 'telephone', saidBy: 'Suster Wati' });
    const screen = await emergency.as({ id: 'layar', roles: ['viewer'], agencies: ['command'] });
    expect(JSON.stringify(await screen(ListHospitals, {}))).not.toContain('Wati');
  });

  it('is that ambulances may not come, with the reason, until it says otherwise', async () => {
    const say = (emsTraffic: 'closed' | 'normal', emsReason?: string) =>
      igd(ReportBeds, { params: rs, body: { beds: [], emsTraffic, ...(emsReason && { emsReason }) } });
    await expect(say('closed')).rejects.toMatchObject({ kind: 'invalid' });
    await say('closed', 'listrik padam');
    expect(await now()).toMatchObject({ emsTraffic: 'closed', emsReason: 'listrik padam', emsSaid: { by: 'igd-1' } });
    const opened = await say('normal');
    expect(opened).toMatchObject({ emsTraffic: 'normal' });
    expect(opened.emsReason).toBeUndefined();
  });

  it('is of whom the desk heard that no ambulance may come, which no screen shows', async () => {
    const said = { emsTraffic: 'closed' as const, emsReason: 'IGD penuh', channel: 'radio' as const };
    await desk(ReportBeds, { params: rs, body: { beds: [], ...said, saidBy: 'dr. Ratna' } });
    expect(await now()).toMatchObject({ emsSaid: { by: 'dispatcher-1', channel: 'radio', saidBy: 'dr. Ratna' } });
    const screen = await emergency.as({ id: 'layar', roles: ['viewer'], agencies: ['command'] });
    expect(JSON.stringify(await screen(ListHospitals, {}))).not.toContain('Ratna');
    // its own page says it itself, whoever else is named
    await igd(ReportBeds, { params: rs, body: { beds: [], emsTraffic: 'normal', saidBy: 'orang lain' } });
    expect((await now()).emsSaid).toEqual({ by: 'igd-1', atMs: expect.any(Number) });
  });

  it('is not what a simulation says', async () => {
    const simulator = await emergency.as({ id: 'simulator', exercise: true });
    await expect(count(40, 0, simulator)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is marked for its own people where the hospital itself is simulated', async () => {
    const who = { id: 'keeper', roles: ['agency-admin' as const], agencies: ['dinkes' as const] };
    const simulated = await emergency.as({ ...who, exercise: true });
    const body = { name: 'RS Latihan', place, services: [], people: ['igd-9'] };
    await simulated(PutHospital, { params: { hospitalId: 'RS-9' }, body });
    const nurse = await emergency.as({ id: 'igd-9', roles: ['responder'], agencies: ['rs'] });
    expect((await nurse(ListOwnHospitals, {})).items).toMatchObject([{ hospitalId: 'RS-9', exercise: true }]);
    expect((await igd(ListOwnHospitals, {})).items[0]).not.toHaveProperty('exercise');
  });

  it('is kept by whoever keeps the register, who is told nothing of patients, and forgets no people', async () => {
    const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'] });
    const entry = { name: 'RS Satu', place, services: ['IGD 24 jam'] };
    await keeper(PutHospital, { params: rs, body: entry });
    expect(await keeper(GetHospitalEntry, { params: rs })).toMatchObject({
      ...{ ...entry, people: ['igd-1', 'siranap-1'], feedClasses: { '24': 'icu' } },
    });
    // two who keep it at one moment: neither undoes the other
    const nurse = (principalId: string) => ({ params: { ...rs, principalId } });
    await Promise.all([
      keeper(AddHospitalPerson, nurse('igd-7')),
      keeper(AddHospitalPerson, nurse('igd-8')),
      keeper(PutHospital, { params: rs, body: entry }),
    ]);
    await keeper(RemoveHospitalPerson, nurse('igd-7'));
    const { people } = await keeper(RemoveHospitalPerson, nurse('igd-7'));
    expect(people).toEqual(['igd-1', 'siranap-1', 'igd-8']);
    await expect(igd(AddHospitalPerson, nurse('igd-9'))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(igd(GetHospitalEntry, { params: rs })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

/** An ambulance on its way to an incident. */
async function send(unitId: string, incidentId: string): Promise<string> {
  const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'] });
  const params = { unitId };
  const unit = { unitClass: 'ambulance', agency: 'dinkes', answers: 'on-call' } as const;
  await keeper(PutUnit, { params, body: { ...unit, name: `Ambulans ${unitId}`, capabilities: ['transport'] } });
  const crew = [{ principalId: 'siti', name: 'Siti', task: 'driver' as const }];
  await desk(DeclareDuty, { params, body: { duty: 'on', untilMs: Date.now() + 3_600_000, crew } });
  const sent = await desk(DispatchUnit, { params: { incidentId }, body: { unitId } });
  return sent.assignment?.assignmentId ?? '';
}

it('follows a patient: announced, read by the IGD, arrived with the unit, handed over', async () => {
  const params = { unitId: 'AMB-1' };
  const incidentId = await incident();
  const assignmentId = await send('AMB-1', incidentId);
  await count(12, 4);
  const note = { ageBand: 'adult', sex: 'female', tag: 'red', complaint: 'sesak napas' } as const;
  const body = { incidentId, assignmentId, bedClass: 'icu', note } as const;
  await desk(RequestBed, { params: rs, body });
  const [own] = (await igd(ListOwnHospitals, {})).items;
  const request = own?.requests.find((one) => one.incidentId === incidentId);
  expect(request).toMatchObject({ note, status: 'held', announced: { by: 'dispatcher-1' } });
  const ofRequest = { ...rs, requestId: request?.requestId ?? '' };
  const read = { announcedAtMs: request?.announced?.atMs ?? 0 };
  await desk(AnnouncePatient, { params: ofRequest, body: { ...note, complaint: 'sesak napas, biru' } });
  // the nurse pressed under the note that stood there before
  await expect(igd(AcknowledgePatient, { params: ofRequest, body: read })).rejects.toMatchObject({ kind: 'conflict' });
  const again = { params: ofRequest, body: { ...note, complaint: 'sesak napas, biru sekali' } };
  await desk(AnnouncePatient, again, { idempotencyKey: 'umumkan' });
  await igd(AcknowledgePatient, { params: ofRequest, body: {} });
  // its answer was lost with the process: the same press again takes no acknowledgement back
  await emergency.documents((store) => store.of(hospitals).db.collection('presses').deleteMany({}));
  const repeated = await desk(AnnouncePatient, again, { idempotencyKey: 'umumkan' });
  expect(repeated.requests.find((one) => one.incidentId === incidentId)?.acknowledged).toMatchObject({ by: 'igd-1' });
  await desk(StepUnit, { params, body: { assignmentId, status: 'at-hospital', channel: 'radio' } });
  await desk(StepUnit, { params, body: { assignmentId, status: 'handed-over', channel: 'radio' } });
  await eventually(async () => {
    const { requests, beds } = await now();
    expect(requests.find((one) => one.incidentId === incidentId)).toMatchObject({
      ...{ status: 'handed-over', acknowledged: { by: 'igd-1' } },
      ...{ arrivedAtMs: expect.any(Number), handedOverAtMs: expect.any(Number) },
    });
    // taken until somebody counts again
    expect(beds.find(({ bedClass }) => bedClass === 'icu')).toMatchObject({ heldCount: 1, freeCount: 7 });
  });
  await expect(desk(CancelBedRequest, { params: ofRequest, body: { reason: 'batal' } })).rejects.toMatchObject({
    kind: 'conflict',
  });
  const viewer = await emergency.as({ id: 'layar', roles: ['viewer'], agencies: ['command'] });
  const seen = JSON.stringify((await viewer(ListHospitals, {})).items);
  expect(seen).not.toContain('sesak');
});

it('takes a unit to the hospital that was asked last; a bed of a unit that goes elsewhere stays the patient’s', async () => {
  const second = { hospitalId: 'RS-2' };
  const beds = [{ bedClass: 'icu' as const, totalCount: 4, occupiedCount: 0 }];
  await count(12, 4);
  await desk(ReportBeds, { params: second, body: { beds } });
  const incidentId = await incident();
  const first = await send('AMB-2', incidentId);
  for (const params of [rs, second])
    await desk(RequestBed, { params, body: { incidentId, assignmentId: first, bedClass: 'icu' } });
  const at = async (params: { hospitalId: string }) =>
    (await desk(GetHospital, { params })).requests.find((one) => one.incidentId === incidentId);
  await desk(StepUnit, {
    params: { unitId: 'AMB-2' },
    body: { assignmentId: first, status: 'at-hospital', channel: 'radio' },
  });
  await eventually(async () => expect(await at(second)).toMatchObject({ status: 'arrived' }));
  expect(await at(rs)).toMatchObject({ status: 'held' });

  const other = await incident();
  const diverted = await send('AMB-3', other);
  const held = await ask(other, { assignmentId: diverted });
  await desk(CancelUnit, { params: { unitId: 'AMB-3' }, body: { assignmentId: diverted, reason: 'ban kempis' } });
  const left = async () => (await now()).requests.find(({ requestId }) => requestId === held.requestId);
  await eventually(async () => expect(await left()).not.toHaveProperty('assignmentId'));
  const next = await send('AMB-4', other);
  await desk(StepUnit, {
    params: { unitId: 'AMB-4' },
    body: { assignmentId: next, status: 'at-hospital', channel: 'radio' },
  });
  await eventually(async () => expect(await left()).toMatchObject({ status: 'arrived', assignmentId: next }));
});
