import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import { DeviceAssigned, Fault, wasteDevices, wasteTrucks, type CloudEvent } from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { Documents } from '@siaga/store';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { rowOf } from './truck-register.ts';
import { TruckWriter } from './truck-writer.ts';
import { DevicesStore, devices } from './devices.store.ts';
import { trucks } from './truck-document.ts';
import { TruckPlans } from './truck-plans.store.ts';
import { TrucksStore } from './trucks.store.ts';

const [city = ''] = randomCities(1);
let engine: TestEngine;
let log: EventLog;
let documents: Documents;
let register: TrucksStore;
const said: CloudEvent<DeviceAssigned>[] = [];
const inCity = <T>(run: () => Promise<T>) => withContext(serviceContext(city), run);

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  await log.ensure([wasteDevices, wasteTrucks].map((stream) => topicSettings(city, stream)));
  await log.follow({
    topics: [{ topic: topicOf(city, wasteDevices), from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record, DeviceAssigned);
        if (!(event instanceof Fault)) said.push(event);
      }
    },
  });
  documents = new Documents(
    { app: 'waste', cities: [city], collections: [trucks, devices], uri: engine.mongoUri },
    log,
  );
  await documents.open();
  const riding = new DevicesStore(documents.store);
  register = new TrucksStore(documents.store, riding, new TruckPlans(documents.store, riding));
});
afterAll(async () => {
  await documents.close();
  await log.close();
  await engine.close();
});

const phone = (name: string) => ({ protocol: 'osmand' as const, deviceId: name });
const truck = (truckId: string, ...devices: ReturnType<typeof phone>[]) => ({
  ...{ truckId, plate: 'N 1 RP', hullNumber: '1', kind: 'dump' as const, capacityKg: 4000 },
  devices,
});
const lastWordOn = (name: string) => said.findLast(({ subject }) => subject === `osmand:${name}`);

describe('devices of trucks', () => {
  // first: nothing is sent before `documents.start()`
  it('taken off or gone with their truck are gone for the doors, even when all of it is told late', async () => {
    await inCity(async () => {
      const [bare, removed] = [
        await register.register(truck('A', phone('a1'), phone('a2'))),
        await register.register(truck('B', phone('b1'))),
      ];
      await new TruckWriter(register).write([{ ...rowOf(bare), devices: ['osmand:a2'] }], new Map([['A', bare]]));
      await register.remove(removed);
    });
    expect(said).toEqual([]);
    documents.start();
    await eventually(() => {
      expect(lastWordOn('a1')).toMatchObject({ data: null });
      expect(lastWordOn('a2')).toMatchObject({ data: { truckId: 'A' } });
      expect(lastWordOn('b1')).toMatchObject({ data: null });
    });
  });

  it('and their truck are not removed when the truck was changed meanwhile', async () => {
    await inCity(async () => {
      const known = await register.register(truck('C'));
      await register.adopt('C', phone('c1'));
      await expect(register.remove(known)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await register.get('C')).toMatchObject({ devices: [phone('c1')] });
    });
  });

  it('are assigned by a version that grows although the clock was set back', async () => {
    const versionOf = (name: string) =>
      eventually(() => {
        const version = lastWordOn(name)?.data?.version;
        expect(version).toBeDefined();
        return version;
      });
    await inCity(async () => {
      await register.register(truck('D'));
      const aheadMs = Date.now() + 3_600_000;
      await documents.store.change(trucks, { where: { _id: 'D' }, change: { $set: { changedAtMs: aheadMs } } });
      const adopted = await register.adopt('D', phone('d1'));
      expect([adopted.changedAtMs, await versionOf('d1')]).toEqual([aheadMs + 1, aheadMs + 1]);
      const replaced = await register.replace(adopted, truck('D', phone('d2')));
      expect([replaced.changedAtMs, await versionOf('d2')]).toEqual([aheadMs + 2, aheadMs + 2]);
    });
  });

  it('are at most five, also when two people adopt the last one at once', async () => {
    await inCity(async () => {
      await register.register(truck('E', phone('e1'), phone('e2'), phone('e3'), phone('e4')));
      const outcomes = await Promise.allSettled(['e5', 'e6'].map((name) => register.adopt('E', phone(name))));
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect((await register.get('E')).devices).toHaveLength(5);
      await expect(register.adopt('E', phone('e7'))).rejects.toMatchObject({
        kind: 'conflict',
        message: 'E sudah membawa 5 perangkat. Lepas salah satu dahulu.',
      });
      await expect(register.adopt('E', phone('e1'))).resolves.toMatchObject({ truckId: 'E' });
    });
  });
});
