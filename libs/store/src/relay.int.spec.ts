import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import {
  DeviceAssigned,
  Fault,
  FixRecorded,
  TruckRegistered,
  wasteDevices,
  wasteFixes,
  wasteTrucks,
  type CloudEvent,
} from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { CityDatabases } from './cities.ts';
import { defineCollection, stateOf } from './collection.ts';
import { Documents } from './documents.ts';
import { Lease, type LeaseDocument } from './lease.ts';
import { emission, retraction } from './outbox-entries.ts';
import { Relay } from './relay.ts';
import { Store } from './store.ts';
import { Sweeper } from './sweeper.ts';
import { Timers } from './timers.ts';

interface FleetTruck {
  plate: string;
  capacityKg: number;
}

const fields = { plate: String, capacityKg: Number };
const indexes = [{ name: 'plate', fields: { plate: 1 as const }, unique: true }];
const fleet = defineCollection<FleetTruck>({
  ...{ name: 'fleet', fields, indexes },
  state: stateOf(TruckRegistered, (truck) => ({
    truckId: truck._id,
    plate: truck.plate,
    hullNumber: '1',
    kind: 'dump' as const,
    capacityKg: truck.capacityKg,
    version: truck.version,
    exercise: false,
    createdAtMs: 1,
    changedAtMs: truck.version,
  })),
});

const fix = (fixId: string) =>
  emission(FixRecorded, {
    fixId,
    truckId: 'T1',
    protocol: 'osmand',
    deviceId: '1',
    atMs: 1,
    receivedAtMs: 1,
    lat: -7.7,
    lng: 113.2,
  });

const [city] = randomCities(1) as [string];
const events: CloudEvent<unknown>[] = [];
let engine: TestEngine;
let log: EventLog;
let documents: Documents;
const inCity = <T>(run: () => Promise<T>, exercise = false) =>
  withContext(serviceContext(city, { exercise, correlation: 'press-7' }), run);
const settings = () => ({ app: 'waste', cities: [city], collections: [fleet], uri: engine.mongoUri });
const said = (type: { name: string }) => events.filter((event) => event.type === type.name);

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  const streams = [wasteFixes, wasteTrucks, wasteDevices];
  await log.ensure(streams.map((stream) => topicSettings(city, stream)));
  await log.follow({
    topics: streams.map((stream) => ({ topic: topicOf(city, stream), from: 'start' as const })),
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record);
        if (event instanceof Fault) throw event;
        events.push(event);
      }
    },
  });
  documents = new Documents(settings(), log);
  await documents.open();
  documents.start();
});
afterAll(async () => {
  await documents.close();
  const databases = new CityDatabases(engine.mongoUri, [city]);
  await databases.connect();
  await databases.native(city).dropDatabase();
  await databases.close();
  await log.close();
  await engine.close();
});

describe('events of a command', () => {
  it('leave in order, with fixed ids, from where the command came, and then the state', async () => {
    const made = { _id: 'T1', plate: 'N 1 A', capacityKg: 5000 };
    await inCity(() => documents.store.create(fleet, made, { events: [fix('f1'), fix('f2')] }), true);
    await eventually(() => {
      expect(said(TruckRegistered)).toHaveLength(1);
    });
    expect(said(FixRecorded).map((event) => event.id)).toEqual(['f1', 'f2']);
    expect(events.map(({ exercise, correlation, source }) => ({ exercise, correlation, source }))).toEqual(
      events.map(() => ({ exercise: true, correlation: 'press-7', source: 'siaga/waste' })),
    );
    expect(said(TruckRegistered)[0]?.data).toMatchObject({ truckId: 'T1', plate: 'N 1 A', version: 1 });
    await eventually(async () => {
      const raw = await inCity(() =>
        documents.store.of(fleet).findOne({ _id: 'T1' }).select('+outbox +outboxAtMs').lean(),
      );
      expect(raw).toEqual({ ...made, version: 1 });
    });
  });

  it('stay away when the guard does not match', async () => {
    const change = { where: { _id: 'T1', version: 9 }, change: { $set: { capacityKg: 1 } }, events: [fix('never')] };
    expect(await inCity(() => documents.store.change(fleet, change))).toBeUndefined();
    await inCity(() => documents.store.change(fleet, { ...change, where: { _id: 'T1' }, events: [fix('f3')] }));
    await eventually(() => {
      expect(said(FixRecorded).map((event) => event.id)).toEqual(['f1', 'f2', 'f3']);
    });
  });

  it('that break their contract are refused before anything is stored', async () => {
    const broken = emission(FixRecorded, { lat: 999 } as never);
    const made = inCity(() =>
      documents.store.create(fleet, { _id: 'T2', plate: 'N 2 A', capacityKg: 1 }, { events: [broken] }),
    );
    await expect(made).rejects.toMatchObject({ kind: 'invalid' });
    expect(await inCity(() => documents.store.find(fleet, 'T2'))).toBeUndefined();
  });

  it('of a hundred changes at once end with the state that is stored', async () => {
    const add = () =>
      inCity(() => documents.store.change(fleet, { where: { _id: 'T1' }, change: { $inc: { capacityKg: 10 } } }));
    await Promise.all(Array.from({ length: 100 }, add));
    const stored = await inCity(() => documents.store.get(fleet, 'T1'));
    expect(stored).toMatchObject({ capacityKg: 1001, version: 102 });
    await eventually(() => {
      expect(said(TruckRegistered).at(-1)?.data).toMatchObject({ capacityKg: 1001, version: 102 });
    });
  });

  it('of a document that is removed end with its tombstone; then its keys are free', async () => {
    await inCity(() => documents.store.remove(fleet, { _id: 'T1' }));
    expect(await inCity(() => documents.store.find(fleet, 'T1'))).toBeUndefined();
    await eventually(() => {
      expect(said(TruckRegistered).at(-1)).toMatchObject({ subject: 'T1', data: null });
    });
    await eventually(() => inCity(() => documents.store.create(fleet, { _id: 'T1', plate: 'N 1 A', capacityKg: 7 })));
    await eventually(() => {
      expect(said(TruckRegistered).at(-1)?.data).toMatchObject({ capacityKg: 7 });
    });
  });

  it('may be tombstones, in order with the values they end', async () => {
    const device = { protocol: 'osmand' as const, deviceId: '7' };
    const assigned = emission(DeviceAssigned, { ...device, truckId: 'T6', exercise: false, version: 1 });
    const other = new CityDatabases(engine.mongoUri, [city]);
    await other.connect();
    const silent = new Store(other); // both wait before anything is sent
    await inCity(() => silent.create(fleet, { _id: 'T6', plate: 'N 6 A', capacityKg: 1 }, { events: [assigned] }));
    const off = { where: { _id: 'T6' }, change: {}, events: [retraction(DeviceAssigned, 'osmand:7')] };
    await inCity(() => silent.change(fleet, off), true);
    await eventually(() => {
      const last = { subject: 'osmand:7', data: null, exercise: true, correlation: 'press-7' };
      expect(said(DeviceAssigned).at(-1)).toMatchObject(last);
      expect(said(TruckRegistered).at(-1)).toMatchObject({ subject: 'T6', data: { version: 2 } });
    });
    await other.close();
  });

  it('cannot end the key of a stream that keeps every event', async () => {
    const broken = { where: { _id: 'T6' }, change: {}, events: [retraction(FixRecorded, 'T6')] };
    await expect(inCity(() => documents.store.change(fleet, broken))).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('left by a process that died before it could send them are sent by the next one', async () => {
    const other = new CityDatabases(engine.mongoUri, [city]);
    await other.connect();
    const silent = new Store(other); // stores, never sends
    await inCity(() => silent.create(fleet, { _id: 'T3', plate: 'N 3 A', capacityKg: 1 }, { events: [fix('left')] }));
    await eventually(() => {
      expect(said(FixRecorded).map((event) => event.id)).toContain('left');
    });
    await other.close();
  });

  it('that cannot be sent do not hold up those of other documents', async () => {
    await inCity(() => documents.store.create(fleet, { _id: 'POISON', plate: 'N 4 A', capacityKg: -1 }));
    await inCity(() => documents.store.create(fleet, { _id: 'T5', plate: 'N 5 A', capacityKg: 1 }));
    await eventually(() => {
      expect(said(TruckRegistered).map((event) => event.subject)).toContain('T5');
    });
    expect(said(TruckRegistered).map((event) => event.subject)).not.toContain('POISON');
  });
});

describe('commands in bulk', () => {
  const trucks = Array.from({ length: 1200 }, (_, at) => ({
    ...{ _id: `B${String(at)}`, plate: `N ${String(at)} B`, capacityKg: 4000 },
  }));
  const ofBulk = (match: (event: CloudEvent<unknown>) => boolean) =>
    new Set(said(TruckRegistered).filter((event) => event.subject.startsWith('B') && match(event)).map(({ subject }) => subject)).size; // prettier-ignore

  it('leave the state of each document, and tell how many guards matched', async () => {
    await inCity(() => documents.store.createAll(fleet, trucks));
    await eventually(() => {
      expect(ofBulk(({ data }) => (data as { version?: number } | null)?.version === 1)).toBe(1200);
    });
    const heavier = trucks.map(({ _id }, at) => ({
      where: { _id, version: at === 7 ? 2 : 1 },
      change: { $set: { capacityKg: 5000 } },
    }));
    expect(await inCity(() => documents.store.changeAll(fleet, heavier))).toBe(1199);
    await eventually(() => {
      expect(ofBulk(({ data }) => (data as { capacityKg?: number } | null)?.capacityKg === 5000)).toBe(1199);
    });
    const guards = trucks.map(({ _id }) => ({ _id }));
    expect(await inCity(() => documents.store.removeAll(fleet, guards))).toBe(1200);
    // gone at once, and once only
    expect(await inCity(() => documents.store.removeAll(fleet, guards))).toBe(0);
    expect(await inCity(() => documents.store.find(fleet, 'B1'))).toBeUndefined();
    await eventually(() => {
      expect(ofBulk(({ data }) => data === null)).toBe(1200);
    });
  });

  it('stop at a document that is taken', async () => {
    const two = [{ _id: 'B-1', plate: 'N 1 X', capacityKg: 1 }, { _id: 'B-2', plate: 'N 1 X', capacityKg: 1 }]; // prettier-ignore
    await expect(inCity(() => documents.store.createAll(fleet, two))).rejects.toMatchObject({
      kind: 'conflict',
      issues: [{ at: 'plate' }],
    });
    expect(await inCity(() => documents.store.find(fleet, 'B-1'))).toMatchObject({ version: 1 });
  });
});

describe('an old state that came late', () => {
  /** Of another collection: nobody but the relays of the test sends its outboxes. */
  const vans = defineCollection<FleetTruck>({ name: 'vans', fields, indexes, state: fleet.state! });
  let databases: CityDatabases;
  let silent: Store;

  beforeAll(async () => {
    databases = new CityDatabases(engine.mongoUri, [city]);
    await databases.connect();
    silent = new Store(databases);
  });
  afterAll(() => databases.close());

  function relayOn(incarnation: number, through: Pick<EventLog, 'ensure' | 'append'>) {
    const leases = databases.native(city).collection<LeaseDocument>('leases');
    const lease = new Lease(leases, 'vans', { seat: { name: 'vans', incarnation } });
    const collections = [vans as never];
    return {
      lease,
      relay: new Relay({ databases, log: through, lease, sender: { city, source: 'test' }, collections }),
    };
  }

  /** Between the reading of the outboxes and the arrival of the old one's state in the log another takes over. */
  function oldRelay(incarnation: number, id: string, afterwards: () => void) {
    const lateOnce = { isLate: true };
    return relayOn(incarnation, {
      ensure: (topics) => log.ensure(topics),
      append: async (topic, records) => {
        if (topic !== topicOf(city, wasteTrucks) || !lateOnce.isLate) return log.append(topic, records);
        lateOnce.isLate = false;
        await inCity(() => silent.change(vans, { where: { _id: id }, change: { $set: { capacityKg: 2 } } }));
        const newer = relayOn(incarnation + 1, log);
        expect(await newer.lease.hold()).toBe(true);
        expect(await newer.relay.sweep()).toBeGreaterThan(0);
        await log.append(topic, records);
        afterwards();
      },
    });
  }

  const capacities = (id: string) =>
    said(TruckRegistered)
      .filter(({ subject }) => subject === id)
      .map(({ data }) => (data as FleetTruck).capacityKg);

  it('before the lease was seen to be lost, in the middle of a pass, is not the last word', async () => {
    await inCity(() => silent.create(vans, { _id: 'V1', plate: 'V 1', capacityKg: 1 }));
    const old = oldRelay(1, 'V1', () => undefined);
    expect(await old.lease.hold()).toBe(true);
    // a second stream, which it does not come to
    await inCity(() => silent.create(vans, { _id: 'V2', plate: 'V 2', capacityKg: 1 }, { events: [fix('v2')] }));
    expect(await old.relay.sweep()).toBe(0);
    await eventually(() => {
      expect(capacities('V1')).toEqual([2, 1, 2]);
    });
    expect(said(FixRecorded).filter(({ id }) => id === 'v2')).toHaveLength(1);
  });

  it('by a log that never told that it has it is not the last word', async () => {
    await inCity(() => silent.create(vans, { _id: 'V3', plate: 'V 3', capacityKg: 1 }));
    const old = oldRelay(3, 'V3', () => {
      throw new Fault('unavailable', 'the reply was lost');
    });
    const timers = new Timers(databases, silent);
    const sweeper = new Sweeper({ city, ...old, timers });
    sweeper.start();
    await eventually(() => {
      expect(capacities('V3')).toEqual([2, 1, 2]);
    });
    await sweeper.close();
  });
});
