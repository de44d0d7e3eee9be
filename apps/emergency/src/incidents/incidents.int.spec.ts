import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AssignmentChanged,
  ClearEmergencyExercise,
  CloseIncident,
  DescribeIncident,
  DistressChanged,
  ExportIncident,
  GetCall,
  GetIncident,
  IncidentChanged,
  JoinIncident,
  ListIncidents,
  MergeIncident,
  NoteIncident,
  OpenCall,
  OpenIncident,
  RaiseIncident,
  ReopenIncident,
  SplitIncident,
  SuggestDuplicates,
  TellAgencies,
  TriageIncident,
  TellPartner,
  WriteCall,
  type Client,
  type Fault,
  type Incident,
} from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { databaseOf } from '@siaga/store';
import { eventually, randomCities } from '@siaga/testing';
import { createConnection } from 'mongoose';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { verified } from '../timeline/chain.ts';
import { incidents } from './incident-document.ts';

const [city = ''] = randomCities(1);
let emergency: TestEmergency;
let desk: Client;
beforeAll(async () => {
  emergency = await startTestEmergency(city);
  desk = await emergency.as();
}, 30_000);
afterAll(() => emergency.close());

const PATIENT_MS = 30_000;
const place = { lat: -7.7551, lng: 113.2151, uncertaintyM: 20, source: 'map' as const, words: 'depan rumah Bu Siti' };
const north = (metres: number) => ({ ...place, lat: place.lat + metres / 111_195 });
const crash = { source: '112' as const, kind: 'traffic-accident' as const, place };
const callAbout = (over: Partial<typeof crash> & { number?: string; words?: string } = {}, by: Client = desk) =>
  by(OpenCall, { body: { ...crash, ...over } });
const openFrom = async (call: { callId: string }) => desk(OpenIncident, { body: { callId: call.callId } });
const now = async (incidentId: string) => (await desk(GetIncident, { params: { incidentId } })).incident;
const on = ({ incidentId }: Incident) => ({ params: { incidentId } });

/** One of the units' own words, as another service would hear it. */
const unitSays = (over: Partial<AssignmentChanged> & Pick<AssignmentChanged, 'incidentId' | 'status' | 'seq'>) =>
  withContext(serviceContext(city), () =>
    emergency.bus.publish(AssignmentChanged, {
      ...{ assignmentId: 'TGS-00000001', unitId: 'AMB-1', unitName: 'Ambulans Pilang', atMs: { dispatched: 1000 } },
      ...over,
    }),
  );

const refusalOf = ({ message, deed }: Fault) => `${message} ${deed?.by ?? ''}`;
const outcomes = async (calls: Promise<unknown>[]) =>
  (await Promise.allSettled(calls)).map((one) => (one.status === 'fulfilled' ? 'won' : refusalOf(one.reason as Fault)));

describe('four callers', () => {
  it('are one incident, from ring to closed, and all of it is there after a restart', async () => {
    const [first, second, third, fourth] = [
      await callAbout({ number: '081234567890', words: 'Ibu terjepit' }),
      await callAbout({ place: north(100) }),
      await callAbout({ place: north(60) }),
      await callAbout(),
    ];
    const opened = await openFrom(first);
    expect(opened).toMatchObject({
      kind: 'traffic-accident',
      words: 'Ibu terjepit',
      status: 'active',
      level: 1,
      place,
    });
    expect((await openFrom(first)).incidentId).toBe(opened.incidentId);
    const { items } = await desk(SuggestDuplicates, { params: { callId: second.callId } });
    expect(items[0]).toMatchObject({
      incidentId: opened.incidentId,
      distanceM: 100,
      uncertaintyM: 40,
      isSameKind: true,
    });
    await desk(JoinIncident, { ...on(opened), body: { callId: second.callId } });
    const apart = await openFrom(third);
    const merged = await desk(MergeIncident, { ...on(apart), body: { into: opened.incidentId } });
    expect(merged).toMatchObject({ status: 'merged', mergedInto: opened.incidentId });
    // whoever still sees the one that was merged joins what goes on
    const joined = await desk(JoinIncident, { ...on(apart), body: { callId: fourth.callId } });
    expect(joined.incidentId).toBe(opened.incidentId);
    expect(joined.callIds.toSorted()).toEqual([first, second, third, fourth].map(({ callId }) => callId).toSorted());

    const answers = { unresponsive: 'unclear', 'not-breathing': 'no' } as const;
    expect(await desk(TriageIncident, { ...on(opened), body: { cardVersion: 1, answers } })).toMatchObject({
      tag: 'red',
    });
    await desk(RaiseIncident, { ...on(opened), body: { level: 2, reason: 'massa berkumpul' } });
    await desk(TellAgencies, { ...on(opened), body: { agencies: ['dishub', 'polres'] } });
    await desk(NoteIncident, { ...on(opened), body: { words: 'arus dialihkan' } });
    const closing = (by: Client) => by(CloseIncident, { ...on(opened), body: { disposition: 'transported', remark: 'ke RSUD' } }); // prettier-ignore
    const other = await emergency.as({ id: 'dispatcher-2' });
    const [one, two] = await outcomes([closing(desk), closing(other)]);
    expect([one, two].filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect([one, two].find((outcome) => outcome !== 'won')).toMatch(/sudah ditutup.* dispatcher-[12]/);

    await emergency.restart();
    await eventually(async () => {
      const { incident, timeline } = await desk(GetIncident, on(opened));
      expect(incident).toMatchObject({ status: 'closed', disposition: 'transported', merged: [apart.incidentId] });
      expect(incident.callIds).toHaveLength(4);
      // with it its calls are over, and nobody is left with one that he forgot
      for (const callId of incident.callIds) {
        const ended = await desk(GetCall, { params: { callId } });
        expect(ended).toMatchObject({ status: 'done', disposition: 'emergency' });
      }
      expect(Object.keys(incident.times).sort()).toEqual(['answeredAtMs', 'locatedAtMs', 'triagedAtMs']);
      const steps = timeline
        .map(({ step }) => step)
        .filter((step) => !['call-opened', 'call-closed', 'placed'].includes(step));
      expect(steps).toEqual([
        ...['call-joined', 'opened', 'call-joined', 'call-joined', 'opened', 'merged', 'call-joined'],
        ...['triaged', 'level-changed', 'agency-told', 'agency-told', 'noted', 'closed'],
      ]);
      expect(timeline.filter(({ step }) => step === 'call-opened')).toHaveLength(4);
      expect(new Set(timeline.map(({ entryId }) => entryId)).size).toBe(timeline.length);
    }, PATIENT_MS);
  });
});

describe('two at the same moment', () => {
  it('open the same call: one incident; join it to two: it is in one', async () => {
    const call = await callAbout();
    const both = await Promise.all([openFrom(call), openFrom(call)]);
    expect(both[0].incidentId).toBe(both[1].incidentId);
    const [one, two, caller] = [
      await openFrom(await callAbout()),
      await openFrom(await callAbout()),
      await callAbout(),
    ];
    const join = (incident: Incident) => desk(JoinIncident, { ...on(incident), body: { callId: caller.callId } });
    const said = await outcomes([join(one), join(two)]);
    expect(said.filter((outcome) => outcome === 'won')).toHaveLength(1);
    const { incidentId = '' } = await desk(GetCall, { params: { callId: caller.callId } });
    expect(said.find((outcome) => outcome !== 'won')).toContain(`sudah termasuk ${incidentId}`);
    const with_ = (await Promise.all([one, two].map((each) => now(each.incidentId)))).filter(({ callIds }) => callIds.includes(caller.callId)); // prettier-ignore
    expect(with_.map((each) => each.incidentId)).toEqual([incidentId]);
  });

  it('merge two into each other: one does, the other is told by whom', async () => {
    const [one, two] = [await openFrom(await callAbout()), await openFrom(await callAbout())];
    const other = await emergency.as({ id: 'dispatcher-2' });
    const said = await outcomes([
      desk(MergeIncident, { ...on(one), body: { into: two.incidentId } }),
      other(MergeIncident, { ...on(two), body: { into: one.incidentId } }),
    ]);
    expect(said.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(said.find((outcome) => outcome !== 'won')).toMatch(
      /digabung (ke|dengan) INS-\w{8}.* dispatcher-[12]|adalah insiden ini/,
    );
    const both = [await now(one.incidentId), await now(two.incidentId)];
    const goesOn = both.find(({ status }) => status === 'active');
    expect(both.map(({ status }) => status).sort()).toEqual(['active', 'merged']);
    expect(goesOn?.callIds.toSorted()).toEqual([...one.callIds, ...two.callIds].toSorted());
  });
});

describe('units', () => {
  it('make its status and times; it cannot be closed under them, and those of a merged one go with it', async () => {
    const [one, into] = [await openFrom(await callAbout()), await openFrom(await callAbout())];
    const { incidentId } = one;
    await unitSays({ incidentId, status: 'en-route', seq: 2, atMs: { dispatched: 1000, 'en-route': 1500 } });
    await unitSays({ incidentId, status: 'dispatched', seq: 1 });
    await eventually(async () => {
      expect(await now(incidentId)).toMatchObject({ status: 'en-route', times: { dispatchedAtMs: 1000, enRouteAtMs: 1500 } }); // prettier-ignore
    }, PATIENT_MS);
    const close = { body: { disposition: 'handled' as const } };
    await expect(desk(CloseIncident, { ...on(one), ...close })).rejects.toThrow('Ambulans Pilang (AMB-1)');
    await desk(MergeIncident, { ...on(one), body: { into: into.incidentId } });
    expect(await now(into.incidentId)).toMatchObject({ status: 'en-route', assignments: [{ unitId: 'AMB-1' }] });
    await unitSays({ incidentId, status: 'on-scene', seq: 3, atMs: { dispatched: 1000, 'on-scene': 1900 } });
    await eventually(async () => {
      expect(await now(into.incidentId)).toMatchObject({ status: 'on-scene', times: { onSceneAtMs: 1900 } });
    }, PATIENT_MS);
    await expect(desk(CloseIncident, { ...on(into), ...close })).rejects.toThrow('AMB-1');
    await expect(desk(CloseIncident, { ...on(one), ...close })).rejects.toThrow(`digabung ke ${into.incidentId}`); // prettier-ignore
    // it was not the same after all
    const alone = await desk(SplitIncident, { ...on(one), body: { reason: 'lain kejadian' } });
    expect(alone).toMatchObject({ status: 'on-scene', callIds: one.callIds, assignments: [{ unitId: 'AMB-1' }] });
    expect(await now(into.incidentId)).toMatchObject({ status: 'active', callIds: into.callIds, assignments: [], merged: [] }); // prettier-ignore
    await desk(CloseIncident, { ...on(into), ...close });
    // sent at the moment it was closed
    await unitSays({ incidentId: into.incidentId, assignmentId: 'TGS-00000002', status: 'dispatched', seq: 1 });
    await eventually(async () => {
      const { incident, timeline } = await desk(GetIncident, on(into));
      expect(incident).toMatchObject({ status: 'assigned' });
      expect(timeline.map(({ step }) => step)).toEqual(
        expect.arrayContaining(['merged', 'split', 'closed', 'reopened']),
      );
    }, PATIENT_MS);
  });
});

describe('who sees it', () => {
  it('is the emergency service and whom it told; words only who may; a file of it shows any change', async () => {
    const opened = await openFrom(await callAbout({ words: 'asma sejak kecil' }));
    const dishub = await emergency.as({ id: 'dishub-1', agencies: ['dishub'], roles: ['viewer'] });
    const listed = async () => (await dishub(ListIncidents, { query: { open: 'true' } })).items.map(({ incidentId }) => incidentId); // prettier-ignore
    const unseen = `insiden ${opened.incidentId} tidak ada`;
    await expect(dishub(GetIncident, on(opened))).rejects.toThrow(unseen);
    expect(await listed()).not.toContain(opened.incidentId);
    await desk(TellAgencies, { ...on(opened), body: { agencies: ['dishub'] } });
    expect(await listed()).toContain(opened.incidentId);
    await desk(NoteIncident, { ...on(opened), body: { words: 'asma sejak kecil' } });
    await eventually(async () => {
      const seen = await dishub(GetIncident, on(opened));
      expect(seen.timeline.at(-1)).toMatchObject({ step: 'noted', words: '•••' });
      expect(JSON.stringify(seen)).not.toMatch(/asma|Siti/);
      // of what was before it was told, and of what others do, nothing
      expect(seen.timeline.map(({ agencies }) => agencies)).toEqual([['dishub']]);
      expect([seen.incident.words, seen.incident.place?.words]).toEqual([undefined, undefined]);
    }, PATIENT_MS);
    for (const role of ['dispatcher', 'responder', 'call-taker'] as const) {
      const told = await emergency.as({ id: `dishub-${role}`, agencies: ['dishub'], roles: [role] });
      expect(JSON.stringify(await told(GetIncident, on(opened)))).not.toMatch(/asma|Siti/);
    }
    const file = await desk(ExportIncident, on(opened));
    expect(verified(file)).toBe('whole');
    expect(file.timeline.at(-1)?.entry.step).toBe('noted');
    expect(verified({ ...file, timeline: file.timeline.slice(0, -1) })).toBe('head');
    const screen = await emergency.as({ id: 'screen-1', kind: 'screen', roles: ['screen'] });
    expect(JSON.stringify(await screen(GetIncident, on(opened)))).not.toMatch(/asma|Siti/);
  });
});

describe('a press', () => {
  it('that is repeated after a crash, its answer lost, adds no second line', async () => {
    const { incidentId } = await openFrom(await callAbout());
    const press = (key: string) =>
      desk(NoteIncident, { params: { incidentId }, body: { words: 'arus dialihkan' } }, { idempotencyKey: key });
    await press('note-1');
    const database = await createConnection(emergency.mongoUri, { dbName: databaseOf(city) }).asPromise();
    await database.collection('presses').deleteMany({});
    await database.close();
    await press('note-1');
    await press('note-2');
    await desk(TellPartner, { params: { incidentId }, body: { partner: 'pln', channel: 'telephone' } });
    expect(await now(incidentId)).toMatchObject({ partners: ['pln'] });
    await eventually(async () => {
      const { timeline } = await desk(GetIncident, { params: { incidentId } });
      expect(timeline.at(-1)).toMatchObject({ step: 'partner-told', partner: 'pln', channel: 'telephone' });
      expect(timeline.filter(({ step }) => step === 'noted')).toHaveLength(2);
    }, PATIENT_MS);
  });
});

describe('a call of a merged incident', () => {
  it('hands what it is told later on to the one that goes on', async () => {
    const vague = await desk(OpenCall, { body: { source: '112' } });
    const [one, into] = [await openFrom(vague), await desk(OpenIncident, { body: { kind: 'fire' } })];
    await desk(MergeIncident, { ...on(one), body: { into: into.incidentId } });
    await desk(WriteCall, { params: { callId: vague.callId }, body: { place, victims: 2 } });
    await eventually(async () => {
      expect(await now(into.incidentId)).toMatchObject({ kind: 'fire', victims: 2, place: { lat: place.lat } });
    }, PATIENT_MS);
  });
});

describe('an incident', () => {
  it('may come from no call, is described better, and leaves screens a day after it was over', async () => {
    const made = await desk(OpenIncident, { body: { kind: 'fallen-tree' } });
    await expect(desk(DescribeIncident, { ...on(made), body: {} })).rejects.toThrow('sedikitnya satu');
    await desk(DescribeIncident, { ...on(made), body: { place, victims: 2 } });
    await desk(CloseIncident, { ...on(made), body: { disposition: 'handled' } });
    await desk(ReopenIncident, { ...on(made), body: { reason: 'pohon lain' } });
    expect(await now(made.incidentId)).toMatchObject({ status: 'active', victims: 2, callIds: [] });
    await desk(CloseIncident, { ...on(made), body: { disposition: 'handled' } });
    const soon = { change: { $set: { wakeAtMs: 1 } } };
    await emergency.documents((store) => store.change(incidents, { where: { _id: made.incidentId }, ...soon }));
    await eventually(async () => {
      const all = (await emergency.readAll(IncidentChanged)).filter(({ subject }) => subject === made.incidentId);
      expect(all.at(-1)).toMatchObject({ data: null });
    }, PATIENT_MS);
    expect((await now(made.incidentId)).status).toBe('closed');
  });

  it('of an exercise leaves with it, and its lines', async () => {
    const trainer = await emergency.as({ id: 'trainer', exercise: true });
    const call = await callAbout({}, trainer);
    const drill = await trainer(OpenIncident, { body: { callId: call.callId } });
    const real = await openFrom(await callAbout());
    await expect(desk(MergeIncident, { ...on(drill), body: { into: real.incidentId } })).rejects.toThrow('simulasi');
    const administrator = await emergency.as({ roles: ['city-admin'] });
    expect(await administrator(ClearEmergencyExercise, {})).toMatchObject({ incidents: 1 });
    await expect(desk(GetIncident, on(drill))).rejects.toThrow('tidak ada');
    expect((await now(real.incidentId)).status).toBe('active');
  });
});

it('an officer in danger is an incident of its own, once, on the second step, placed as soon as his phone knows where', async () => {
  const distress = { distressId: 'DRT-0000D15T', principalId: 'petugas-7', agency: 'satpolpp', raisedAtMs: Date.now(), version: 1 } as const; // prettier-ignore
  const say = (more: Partial<DistressChanged>) =>
    withContext(serviceContext(city), () => emergency.bus.publish(DistressChanged, { ...distress, ...more }));
  const params = { incidentId: 'INS-0000D15T' };
  await say({});
  await say({});
  await eventually(async () => {
    const { incident } = await desk(GetIncident, { params });
    expect(incident).toMatchObject({ kind: 'officer-distress', level: 2, status: 'active' });
    expect(incident.place).toBeUndefined();
  });
  const position = { lat: -7.7551, lng: 113.2151, accuracyM: 12.4 };
  await say({ position, version: 2 });
  await eventually(async () => {
    const { incident } = await desk(GetIncident, { params });
    expect(incident.place).toMatchObject({ lat: position.lat, uncertaintyM: 12, source: 'unit' });
    expect(incident.place?.kelurahanCode).toBeDefined();
  });
  const { items } = await desk(ListIncidents, { query: { kind: 'officer-distress' } });
  expect(items).toHaveLength(1);

  const second = { distressId: 'DRT-0000D16T', version: 1 };
  await say(second);
  await eventually(() => desk(GetIncident, { params: { incidentId: 'INS-0000D16T' } }));
  const { incidentId: into } = await desk(OpenIncident, { body: { kind: 'public-order' } });
  await desk(MergeIncident, { params: { incidentId: 'INS-0000D16T' }, body: { into } });
  await say({ ...second, position, version: 2 });
  await eventually(async () => {
    const { incident } = await desk(GetIncident, { params: { incidentId: into } });
    expect(incident.place).toMatchObject({ lat: position.lat, source: 'unit' });
  });
}, 60_000);
