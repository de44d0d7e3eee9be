import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventBus, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import { DeviceAssigned, wasteDevices } from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { Documents, type Store } from '@siaga/store';
import { eventually, randomCities, startTestEngine, startTestProcess, type TestEngine } from '@siaga/testing';
import { devices } from '../../../apps/waste/src/trucks/devices.store.ts';

let engine: TestEngine;
let log: EventLog;

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
});
afterAll(async () => {
  await log.close();
  await engine.close();
});

const key = 'osmand:d1';
const wordsSaid = async (city: string) => {
  const { partitions } = await log.ends(topicOf(city, wasteDevices));
  return partitions.reduce((sum, { next }) => sum + next, 0);
};

/** What somebody who starts to listen now believes. */
async function believed(city: string) {
  const reader = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  const bus = new EventBus(reader, 'reader', [city]);
  try {
    return await withContext(serviceContext(city), async () => {
      const table = bus.table(DeviceAssigned);
      await table.ready;
      return table.get(key)?.truckId;
    });
  } finally {
    await reader.close();
  }
}

const moved = (change: object) => (store: Store) => store.change(devices, { where: { _id: key }, change });

// each waits for a lease, one beside the other
it.concurrent.each([
  { end: 'on C', last: moved({ $set: { truckId: 'C', changedAtMs: 3 } }), believe: 'C' },
  { end: 'on no truck', last: moved({ $set: { changedAtMs: 3 }, $unset: { truckId: 1 } }), believe: undefined },
  { end: 'removed', last: (store: Store) => store.remove(devices, { _id: key }), believe: undefined },
])(
  'a device that left its truck while a relay slept, and is $end, stays so for who listens only later',
  async ({ last, believe }) => {
    const [city] = randomCities(1) as [string];
    await log.ensure([topicSettings(city, wasteDevices)]);
    const documents = new Documents(
      { app: 'fleet', cities: [city], collections: [devices], uri: engine.mongoUri },
      log,
    );
    await documents.open();
    const command = (run: (store: Store) => Promise<unknown>) =>
      withContext(serviceContext(city), () => run(documents.store));

    await command((store) => store.create(devices, { _id: key, truckId: 'A', exercise: false, changedAtMs: 1 }));
    const zombie = startTestProcess(path.join(import.meta.dirname, 'relay-process.ts'), [
      wasteDevices.name,
      city,
      engine.mongoUri,
      engine.logSocket,
    ]);
    expect(await zombie.message()).toBe('publishing');
    zombie.child.kill('SIGSTOP');
    documents.start(); // takes over when the lease of the sleeping one has run out
    await eventually(async () => {
      expect(await believed(city)).toBe('A');
    }, 20_000);
    await command(moved({ $set: { truckId: 'B', changedAtMs: 2 } }));
    await eventually(async () => {
      expect(await believed(city)).toBe('B');
    });
    await command(last);
    await eventually(async () => {
      expect(await believed(city)).toBe(believe);
    });
    const before = await wordsSaid(city);
    zombie.child.send('go on');
    zombie.child.kill('SIGCONT');
    // the old word of the one that slept, and the correction
    await eventually(async () => {
      expect(await wordsSaid(city)).toBe(before + 2);
    });
    expect(await believed(city)).toBe(believe);
    await zombie.kill9();
    await documents.close();
  },
  60_000,
);
