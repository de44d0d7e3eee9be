import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import { Fault, FixRecorded, TruckRegistered, wasteFixes, wasteTrucks, type CloudEvent } from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { Documents, emission, type Seat } from '@siaga/store';
import { eventually, randomCities, startTestEngine, startTestProcess, type TestEngine } from '@siaga/testing';
import { fleet } from './fleet.ts';

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

/** A service like those of `relay-process.ts`, in this process, that has no accident. */
async function service(city: string, seat?: Seat) {
  const uri = engine.mongoUri;
  const documents = new Documents({ app: 'fleet', cities: [city], collections: [fleet], uri, seat }, log);
  await documents.open();
  return {
    documents,
    create: (id: string, plate: string, fixId: string) =>
      withContext(serviceContext(city), () =>
        documents.store.create(fleet, { _id: id, plate }, { events: [fix(fixId)] }),
      ),
    repaint: (id: string, plate: string) =>
      withContext(serviceContext(city), () =>
        documents.store.change(fleet, { where: { _id: id }, change: { $set: { plate } } }),
      ),
  };
}

/** Everything that is published from now on. */
async function heard(city: string) {
  const events: CloudEvent<unknown>[] = [];
  const settings = { partitions: 1, keepForDays: 1 };
  const topics = [
    { ...settings, topic: topicOf(city, wasteFixes), delivery: 'every' as const, partitions: 3 },
    { ...settings, topic: topicOf(city, wasteTrucks), delivery: 'latest' as const },
  ];
  await log.ensure(topics);
  const following = await log.follow({
    topics: topics.map(({ topic }) => ({ topic, from: 'start' as const })),
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record);
        if (event instanceof Fault) throw event;
        events.push(event);
      }
    },
  });
  return { events, close: () => following.close() };
}

const relay = (accident: string, city: string, ...incarnation: string[]) =>
  startTestProcess(path.join(import.meta.dirname, 'relay-process.ts'), [
    accident,
    city,
    engine.mongoUri,
    engine.logSocket,
    ...incarnation,
  ]);

describe('the outbox', () => {
  // each waits for a lease, one beside the other
  it.concurrent(
    'sends each event once by its id when a relay is killed between publish and removal',
    async () => {
      const [city] = randomCities(1) as [string];
      const { documents, create } = await service(city);
      const listener = await heard(city);
      await create('T1', 'N 1 A', 'fix-1');
      const dying = relay('dies', city);
      await eventually(() => {
        expect(dying.child.signalCode).toBe('SIGKILL');
      });
      documents.start(); // takes over when the dead relay's lease has run out
      await eventually(() => {
        expect(listener.events.map((event) => event.type)).toContain(TruckRegistered.name);
      }, 20_000);
      const fixes = listener.events.filter((event) => event.type === FixRecorded.name);
      expect(fixes.length).toBeGreaterThan(1);
      expect(new Set(fixes.map((event) => event.id))).toEqual(new Set(['fix-1']));
      await listener.close();
      await documents.close();
    },
    60_000,
  );

  it.concurrent.each([
    // it knows that its lease is over, and does not send what it still holds
    { stream: wasteFixes.name, how: 'until its lease was over', seats: [], plates: ['OLD', 'NEW'] },
    // it was already sending: what is old is out, and is corrected at once
    { stream: wasteTrucks.name, how: 'until its lease was over', seats: [], plates: ['OLD', 'NEW', 'OLD', 'NEW'] },
    // by its clock the lease is its own, and somebody else sits on its seat
    { stream: wasteFixes.name, how: 'while its seat was taken', seats: [1, 2], plates: ['OLD', 'NEW'] },
    { stream: wasteTrucks.name, how: 'while its seat was taken', seats: [1, 2], plates: ['OLD', 'NEW', 'OLD', 'NEW'] },
  ])(
    'does not leave the last word to a relay that slept before $stream $how',
    async ({ stream, seats: [before, after], plates }) => {
      const [city] = randomCities(1) as [string];
      const seat = after === undefined ? undefined : { name: 'fleet', incarnation: after };
      const { documents, create, repaint } = await service(city, seat);
      const listener = await heard(city);
      const published = () =>
        listener.events
          .filter((event) => event.type === TruckRegistered.name)
          .map((event) => (event.data as { plate: string }).plate);
      await create('T1', 'OLD', 'fix-1');
      const zombie = relay(stream, city, ...(before === undefined ? [] : [String(before)]));
      expect(await zombie.message()).toBe('publishing');
      zombie.child.kill('SIGSTOP');
      documents.start();
      await eventually(() => {
        expect(published()).toEqual(['OLD']);
      }, 20_000);
      await repaint('T1', 'NEW');
      await eventually(() => {
        expect(published()).toEqual(['OLD', 'NEW']);
      });
      zombie.child.send('go on');
      zombie.child.kill('SIGCONT');
      await eventually(() => {
        expect(listener.events.filter((event) => event.type === FixRecorded.name)).toHaveLength(2);
        expect(published()).toEqual(plates);
      });
      expect(new Set(listener.events.map((event) => `${event.type} ${event.id}`)).size).toBe(3);
      await zombie.kill9();
      await listener.close();
      await documents.close();
    },
    60_000,
  );
});
