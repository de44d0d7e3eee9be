import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import { Fault, wasteTrucks } from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { Documents } from '@siaga/store';
import { eventually, randomCities, startEngineProcess, type EngineProcess } from '@siaga/testing';
import { fleet } from './fleet.ts';

const [city] = randomCities(1) as [string];
const inCity = <T>(run: () => Promise<T>) => withContext(serviceContext(city), run);
const registered = new Set<string>();
let engine: EngineProcess;
let log: EventLog;
let documents: Documents;

beforeAll(async () => {
  engine = await startEngineProcess();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  await log.ensure([topicSettings(city, wasteTrucks)]);
  await log.follow({
    topics: [{ topic: topicOf(city, wasteTrucks), from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record);
        if (event instanceof Fault) throw event;
        registered.add(event.subject);
      }
    },
  });
  documents = new Documents({ app: 'fleet', cities: [city], collections: [fleet], uri: engine.mongoUri }, log);
  await documents.open();
  documents.start();
});
afterAll(async () => {
  await documents.close();
  await log.close();
  await engine.stop();
});

const create = (id: string) => inCity(() => documents.store.create(fleet, { _id: id, plate: 'N 1' }));

it('says within seconds that documents are unavailable, and goes on by itself when they are back', async () => {
  await create('BEFORE');
  await engine.kill9();
  const from = performance.now();
  await expect(inCity(() => documents.store.get(fleet, 'BEFORE'))).rejects.toMatchObject({ kind: 'unavailable' });
  expect(performance.now() - from).toBeLessThan(8000);
  await expect(documents.health()).rejects.toMatchObject({ kind: 'unavailable' });
  await engine.restart();
  await eventually(async () => {
    expect(await inCity(() => documents.store.get(fleet, 'BEFORE'))).toMatchObject({ version: 1 });
  });
}, 60_000);

it('loses no command that was answered, nor its event, whenever the engine is killed', async () => {
  const answered: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const pressed = Array.from({ length: 30 }, async (_, press) => {
      const id = `T${String(round)}-${String(press)}`;
      try {
        await create(id);
        answered.push(id);
      } catch (error) {
        // not answered: it may have happened or not; anything but "unavailable" would be wrong
        expect(error).toMatchObject({ kind: 'unavailable' });
      }
    });
    const some = Promise.all(pressed.slice(0, 3 * round));
    await some;
    await engine.kill9();
    await engine.restart();
    await Promise.all(pressed);
  }
  const stored = (await inCity(() => documents.store.of(fleet).find().lean())).map((truck) => truck._id);
  expect(answered.filter((id) => !stored.includes(id))).toEqual([]);
  expect(answered.length).toBeGreaterThan(0);
  await eventually(() => {
    expect(stored.filter((id) => !registered.has(id))).toEqual([]);
  }, 30_000);
}, 120_000);
