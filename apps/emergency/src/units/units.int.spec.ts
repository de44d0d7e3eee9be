import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AssignmentChanged,
  CancelUnit,
  ClearEmergencyExercise,
  CloseIncident,
  DeclareDuty,
  DispatchUnit,
  GetIncident,
  IncidentLogged,
  ListUnits,
  MergeIncident,
  OpenCall,
  OpenIncident,
  ParkUnit,
  PutUnit,
  RemoveUnit,
  RingCaller,
  StepUnit,
  SuggestUnits,
  TellAlert,
  TellPosition,
  UnitChanged,
  UnitMoved,
  type Client,
  type IncidentKind,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { units } from './unit-document.ts';

const [city = ''] = randomCities(1);
const place = { lat: -7.7551, lng: 113.2161 };
/** Metres north of {@link place}. */
const north = (metres: number) => ({ lat: place.lat + metres / 111_195, lng: place.lng });

let emergency: TestEmergency;
let desk: Client;
let siti: Client;
beforeAll(async () => {
  emergency = await startTestEmergency(city);
  desk = await emergency.as();
  siti = await emergency.as({ id: 'siti', roles: ['responder'], agencies: ['dinkes'] });
});
afterAll(() => emergency.close());

/** An ambulance of Dinkes, so far north. */
async function ambulance(unitId: string, metres: number, further: { exercise?: boolean } = {}): Promise<void> {
  const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'], ...further });
  const body = { unitClass: 'ambulance', agency: 'dinkes', answers: 'on-call' } as const;
  const post = { ...north(metres), words: 'Kantor kelurahan' };
  await keeper(PutUnit, {
    params: { unitId },
    body: { ...body, capabilities: ['transport'], name: `Ambulans ${unitId}`, post },
  });
}

const crew = [{ principalId: 'siti', name: 'Siti Aminah', number: '081234567890', task: 'driver' as const }];
const onDuty = (unitId: string, by: Client = desk, untilMs = Date.now() + 3_600_000) =>
  by(DeclareDuty, { params: { unitId }, body: { duty: 'on', untilMs, crew, channel: 'radio' } });

/** An incident that somebody at the desk saw. */
async function incident(kind: IncidentKind = 'medical'): Promise<string> {
  const at = { ...place, uncertaintyM: 20, source: 'map' } as const;
  return (await desk(OpenIncident, { body: { kind, place: at } })).incidentId;
}

/** What its units did, as its timeline has it; no phone of a crew is subscribed here, which is told beside it. */
const unitLinesOf = async (incidentId: string) =>
  (await emergency.linesOf(incidentId)).filter((line) => line.includes(' ') && !line.startsWith('alert-failed'));

const send = (incidentId: string, unitId: string, further = {}, by: Client = desk) =>
  by(DispatchUnit, { params: { incidentId }, body: { unitId, ...further } });
const now = async (unitId: string) => {
  const { items } = await desk(ListUnits, { query: { q: unitId } });
  return items.find((unit) => unit.unitId === unitId);
};
const assigned = async (unitId: string) => {
  const assignment = (await now(unitId))?.assignment;
  if (assignment === undefined) throw new Error(`${unitId} is on nothing`);
  return assignment;
};

describe('a unit', () => {
  it('is never ready by itself: its crew or the desk says so, and says when it goes', async () => {
    await ambulance('AMB-1', 100);
    expect(await now('AMB-1')).toMatchObject({ duty: 'unreported', availability: 'NotAvailable', crew: [] });
    const declared = await onDuty('AMB-1');
    expect(declared).toMatchObject({
      ...{ duty: 'on', availability: 'Available', dutySaid: { by: 'dispatcher-1', channel: 'radio' } },
      crew: [{ name: 'Siti Aminah' }],
    });
    const off = await siti(DeclareDuty, { params: { unitId: 'AMB-1' }, body: { duty: 'off', reason: 'pulang' } });
    expect(off).toMatchObject({ duty: 'off', crew: [], availability: 'NotAvailable' });
    const again = await onDuty('AMB-1', siti);
    expect(again.dutySaid).toMatchObject({ by: 'siti' });
    // changed in the register, its duty stays
    await ambulance('AMB-1', 200);
    expect(await now('AMB-1')).toMatchObject({ duty: 'on', post: north(200) });
  });

  it('is its agency’s: nobody else keeps it, and a crew acts for its own only', async () => {
    const other = await emergency.as({ id: 'pol', roles: ['agency-admin'], agencies: ['satpolpp'] });
    const dishub = await emergency.as({ id: 'dis', roles: ['agency-admin', 'responder'], agencies: ['dishub'] });
    const budi = await emergency.as({ id: 'budi', roles: ['responder'], agencies: ['dinkes'] });
    const params = { unitId: 'AMB-1' };
    const body = { ...(await now('AMB-1')), agency: 'satpolpp' } as never;
    await expect(other(PutUnit, { params, body })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(other(RemoveUnit, { params })).rejects.toMatchObject({ kind: 'not-found' });
    const whatIsSaid = (unitId: string) =>
      dishub(ParkUnit, { params: { unitId }, body: {} }).then(
        () => 'parked',
        (error: unknown) => String(error).replaceAll(unitId, 'it'),
      );
    expect(await whatIsSaid('AMB-1')).toBe(await whatIsSaid('AMB-99'));
    expect((await dishub(ListUnits, { query: {} })).items).toEqual([]);
    await expect(budi(ParkUnit, { params, body: {} })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(onDuty('AMB-1', budi)).rejects.toMatchObject({ kind: 'forbidden' });
    const park = { parked: { ...north(50), words: 'RSUD' } };
    expect(await siti(ParkUnit, { params, body: park })).toMatchObject({ parked: { words: 'RSUD' } });
    expect(await siti(ParkUnit, { params, body: {} })).not.toHaveProperty('parked');
    const seen = await emergency.as({ id: 'layar', roles: ['viewer'], agencies: ['command'] });
    const [shown] = (await seen(ListUnits, { query: { duty: 'on' } })).items;
    expect(shown?.crew).toMatchObject([{ name: '•••', number: '•••', task: 'driver' }]);
  });

  it('is unreported when its duty ends, with nobody in it', async () => {
    await ambulance('AMB-T', 9000);
    await onDuty('AMB-T', desk, Date.now() + 1500);
    await eventually(async () => expect(await now('AMB-T')).toMatchObject({ duty: 'unreported', crew: [] }));
  });
});

describe('sending', () => {
  it('shows the nearer one that cannot go, sends the next, and tells why', async () => {
    await ambulance('AMB-2', 50);
    const incidentId = await incident();
    const { cardId, parts } = await desk(SuggestUnits, { params: { incidentId } });
    expect(cardId).toBe('medical');
    const [first, second] = parts[0]?.candidates ?? [];
    expect([first, second]).toMatchObject([
      { unitId: 'AMB-2', distanceM: 50, passedOver: 'unreported' },
      { unitId: 'AMB-1', distanceM: 200 },
    ]);
    await expect(send(incidentId, 'AMB-2')).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('belum lapor') }); // prettier-ignore
    const sent = await send(incidentId, 'AMB-1', { skipped: [{ unitId: 'AMB-2', why: 'unreported' }] });
    expect(sent).toMatchObject({ availability: 'NotAvailable', assignment: { incidentId, status: 'dispatched' } });
    const { assignmentId = '' } = sent.assignment ?? {};
    const params = { unitId: 'AMB-1' };
    await siti(TellAlert, { params, body: { assignmentId, channel: 'app', outcome: 'delivered' } });
    const step = (status: 'accepted' | 'on-scene' | 'clear', further = {}, by = siti) =>
      by(StepUnit, { params, body: { assignmentId, status, ...further } });
    await step('accepted');
    await step('accepted');
    const there = await step('on-scene', { channel: 'radio' }, desk);
    expect(there.assignment).toMatchObject({
      status: 'on-scene',
      alerts: expect.arrayContaining([expect.objectContaining({ channel: 'app' })]),
    });
    await expect(siti(DeclareDuty, { params, body: { duty: 'off' } })).rejects.toMatchObject({ kind: 'conflict' });
    expect((await step('clear')).availability).toBe('Available');
    await eventually(async () =>
      expect(await unitLinesOf(incidentId)).toEqual([
        'unit-skipped AMB-2',
        'dispatched AMB-1',
        'alerted AMB-1',
        'accepted AMB-1',
        'on-scene AMB-1',
        'clear AMB-1',
      ]),
    );
    await eventually(async () => {
      const { incident: kept } = await desk(GetIncident, { params: { incidentId } });
      expect(kept.assignments).toMatchObject([{ assignmentId, unitId: 'AMB-1', status: 'clear' }]);
      expect(kept.times).toMatchObject({ dispatchedAtMs: expect.any(Number), onSceneAtMs: expect.any(Number) });
    });
    const lines = (await emergency.readAll(IncidentLogged)).map(({ data }) => data);
    expect(lines.find((one) => one?.incidentId === incidentId && one.step === 'on-scene')).toMatchObject({
      ...{ by: 'dispatcher-1', channel: 'radio', onBehalf: true },
    });
  });

  it('at the same moment gives the unit to one; the other is told to whom', async () => {
    const [one, other] = [await incident(), await incident()];
    const budi = await emergency.as({ id: 'dispatcher-2' });
    const tries = await Promise.allSettled([send(one, 'AMB-1'), send(other, 'AMB-1', {}, budi)]);
    const { incidentId } = await assigned('AMB-1');
    const lost = tries.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winner = incidentId === one ? 'dispatcher-1' : 'dispatcher-2';
    expect(lost.reason).toMatchObject({ message: expect.stringContaining(incidentId), deed: { by: winner } });
  });

  it('diverts openly, to where an incident was merged, and an old phone does not touch the new work', async () => {
    const before = await assigned('AMB-1');
    const target = await incident('traffic-accident');
    const merged = await incident();
    await desk(MergeIncident, { params: { incidentId: merged }, body: { into: target } });
    const sent = await send(merged, 'AMB-1', { divertReason: 'korban kritis' });
    expect(sent.assignment).toMatchObject({ incidentId: target, seq: 1 });
    const old = { assignmentId: before.assignmentId, status: 'en-route' } as const;
    await expect(siti(StepUnit, { params: { unitId: 'AMB-1' }, body: old })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await eventually(async () =>
      expect((await unitLinesOf(before.incidentId)).slice(-2)).toEqual(['dispatched AMB-1', 'diverted AMB-1']),
    );
    const told = (await emergency.readAll(AssignmentChanged)).map(({ data }) => data);
    expect(told.findLast((one) => one?.assignmentId === before.assignmentId)).toMatchObject({
      ...{ status: 'diverted', reason: 'korban kritis', incidentId: before.incidentId },
    });
    const body = { assignmentId: sent.assignment?.assignmentId ?? '', reason: 'sudah ditangani warga' };
    const back = await desk(CancelUnit, { params: { unitId: 'AMB-1' }, body });
    expect(back).toMatchObject({ availability: 'Available', assignment: { status: 'cancelled' } });
    const closed = await incident();
    const rina = await emergency.as({ id: 'rina' });
    await rina(CloseIncident, { params: { incidentId: closed }, body: { disposition: 'referred' } });
    await expect(send(closed, 'AMB-1')).rejects.toMatchObject({ kind: 'conflict', deed: { by: 'rina' } });
  });

  it('is silent on the desk after ten seconds, also over a restart; the next one is sent instead', async () => {
    const incidentId = await incident();
    const first = await send(incidentId, 'AMB-1');
    const { assignmentId = '' } = first.assignment ?? {};
    await emergency.restart();
    // as if ten seconds had gone
    await emergency.documents((store) =>
      store.of(units).updateOne({ _id: 'AMB-1' }, { $set: { wakeAtMs: 1, 'assignment.atMs.dispatched': 1 } }),
    );
    await eventually(async () => expect(await assigned('AMB-1')).toMatchObject({ isUnanswered: true, assignmentId }));
    await ambulance('AMB-3', 400);
    await onDuty('AMB-3');
    const elsewhere = send(await incident(), 'AMB-3', { insteadOf: { assignmentId, keep: false } });
    await expect(elsewhere).rejects.toMatchObject({ kind: 'invalid' });
    expect(await assigned('AMB-1')).toMatchObject({ status: 'dispatched' });
    const next = await send(incidentId, 'AMB-3', { insteadOf: { assignmentId, keep: false } });
    expect(next.assignment).toMatchObject({ status: 'dispatched' });
    expect(await assigned('AMB-1')).toMatchObject({ status: 'cancelled', reason: expect.stringContaining('AMB-3') });
    await eventually(async () =>
      expect(await unitLinesOf(incidentId)).toEqual([
        'dispatched AMB-1',
        'unanswered AMB-1',
        'dispatched AMB-3',
        'cancelled AMB-1',
      ]),
    );
  });
});

describe('a crew', () => {
  it('is told who called about its own job, and that stands in the timeline; nobody else is', async () => {
    await ambulance('AMB-7', 100);
    await onDuty('AMB-7');
    const { callId } = await desk(OpenCall, { body: { source: '112', kind: 'medical', number: '081298765432' } });
    const { incidentId } = await desk(OpenIncident, { body: { callId } });
    await send(incidentId, 'AMB-7');
    const { assignmentId } = await assigned('AMB-7');
    const on = { params: { unitId: 'AMB-7' }, body: { assignmentId } };
    const { items } = await siti(RingCaller, on, { idempotencyKey: 'ring' });
    expect(items.map(({ number }) => number)).toEqual(['081298765432']);
    // its answer was lost with the process: the same press again is told the same, and written down once
    await emergency.documents((store) => store.of(units).db.collection('presses').deleteMany({}));
    expect((await siti(RingCaller, on, { idempotencyKey: 'ring' })).items).toEqual(items);
    await siti(StepUnit, { ...on, body: { assignmentId, status: 'accepted' } });
    await eventually(async () =>
      expect(await unitLinesOf(incidentId)).toEqual(['dispatched AMB-7', 'caller-called AMB-7', 'accepted AMB-7']),
    );

    const other = await emergency.as({ id: 'other', roles: ['responder'], agencies: ['dinkes'] });
    await expect(other(RingCaller, on)).rejects.toMatchObject({ kind: 'forbidden' });
    await siti(StepUnit, { ...on, body: { assignmentId, status: 'clear' } });
    await expect(siti(RingCaller, on)).rejects.toBeInstanceOf(Error);
    await desk(DeclareDuty, { params: { unitId: 'AMB-7' }, body: { duty: 'off' } });
  });
});

describe('positions', () => {
  it('come from the crew, newer ones only, and weigh more than the post', async () => {
    const params = { unitId: 'AMB-3' };
    const tell = (metres: number, atMs: number, by = siti) =>
      by(TellPosition, { params, body: { ...north(metres), atMs, accuracyM: 8 } });
    const atMs = Date.now();
    await tell(10, atMs);
    await expect(tell(10, atMs + 360_000)).rejects.toMatchObject({ kind: 'invalid' });
    const stranger = await emergency.as({ id: 'budi', roles: ['responder'], agencies: ['dinkes'] });
    await expect(tell(10, atMs, stranger)).rejects.toMatchObject({ kind: 'forbidden' });
    const incidentId = await incident();
    await eventually(async () => {
      const { parts } = await desk(SuggestUnits, { params: { incidentId } });
      const found = parts[0]?.candidates.find(({ unitId }) => unitId === 'AMB-3');
      expect(found).toMatchObject({ distanceM: 10, positionAgeMs: expect.any(Number) });
    });
    await tell(500, atMs - 1);
    const moves = (await emergency.readAll(UnitMoved)).filter(({ subject }) => subject === 'AMB-3');
    expect(moves.map(({ data }) => data?.atMs)).toEqual([atMs]);
  });
});

describe('an exercise', () => {
  it('leaves nothing of its units, and what one was on ends', async () => {
    await ambulance('AMB-S', 300, { exercise: true });
    await onDuty('AMB-S');
    await siti(TellPosition, { params: { unitId: 'AMB-S' }, body: { ...north(300), atMs: Date.now() } });
    const incidentId = await incident();
    const { assignment } = await send(incidentId, 'AMB-S');
    const trainer = await emergency.as({ id: 'trainer', exercise: true });
    const drill = await trainer(OpenIncident, { body: { kind: 'medical' } });
    await expect(send(drill.incidentId, 'AMB-3')).rejects.toThrow('insiden ini simulasi');
    const administrator = await emergency.as({ roles: ['city-admin'], agencies: ['command'] });
    expect(await administrator(ClearEmergencyExercise, {})).toMatchObject({ units: 1 });
    await eventually(async () => {
      expect(await now('AMB-S')).toBeUndefined();
      const last = (event: typeof UnitChanged | typeof UnitMoved) =>
        emergency.readAll(event).then((all) => all.filter(({ subject }) => subject === 'AMB-S').at(-1));
      expect([(await last(UnitChanged))?.data, (await last(UnitMoved))?.data]).toEqual([null, null]);
      expect((await last(UnitChanged))?.exercise).toBe(true);
      const told = (await emergency.readAll(AssignmentChanged)).map(({ data }) => data);
      expect(told.findLast((one) => one?.assignmentId === assignment?.assignmentId)).toMatchObject({ status: 'cancelled' }); // prettier-ignore
    });
    expect(await now('AMB-3')).toBeDefined();
  });
});
