import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  decodeEvent,
  encodeEvent,
  encodeRetraction,
  openEventLog,
  topicOf,
  topicSettings,
  type EventLog,
} from '@siaga/bus';
import { createClient, DeviceSeen, Fault, ListSeenDevices, type Client, type CloudEvent } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { WasteConfig } from '../config.ts';
import { startWaste } from '../waste.module.ts';

const [city = ''] = randomCities(1);
const topic = topicOf(city, DeviceSeen.stream);
const hour = 3_600_000;
let engine: TestEngine;
let log: EventLog;
let waste: RunningService;
let call: Client;
const said: CloudEvent<DeviceSeen>[] = [];

/** A stranger as the log has it from before. */
function listed(deviceId: string, lastSeenMs: number) {
  const seen = { protocol: 'osmand' as const, deviceId, firstSeenMs: lastSeenMs, lastSeenMs, count: 1, lastRaw: '' };
  return encodeEvent(DeviceSeen, seen, { city, source: 'test', exercise: false });
}

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  await log.ensure([topicSettings(city, DeviceSeen.stream)]);
  const earlierMs = Date.now() - hour / 2;
  await log.append(
    topic,
    Array.from({ length: 500 }, (_, index) => listed(`known-${String(index)}`, earlierMs)),
  );
  const own = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  waste = await startWaste(WasteConfig.parse({ MONGODB_URI: engine.mongoUri, SIAGA_CITY: city }), own);
  call = createClient({ baseUrl: waste.url });
  const following = await log.follow({
    topics: [{ topic, from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record, DeviceSeen);
        if (!(event instanceof Fault)) said.push(event);
      }
    },
  });
  await following.caughtUp;
  said.length = 0;
});
afterAll(async () => {
  await waste.close();
  await log.close();
  await engine.close();
});

const report = (deviceId: string) => fetch(`${waste.url}/ingest/osmand?id=${deviceId}&lat=-7.75&lon=113.2`);
const subjects = () => said.map(({ subject, data }) => (data === null ? `-${subject}` : subject));

it('a full list pushes nobody out for made-up ids, but for one silent for an hour', async () => {
  for (let index = 0; index < 20; index++) await report(`made-up-${String(index)}`);
  // told of after all of the above
  await report('known-7');
  await eventually(() => {
    expect(subjects()).toEqual(['osmand:known-7']);
  });

  const gone = encodeRetraction(DeviceSeen, 'osmand:known-9', { city, source: 'test', exercise: false });
  await log.append(topic, [gone]);
  await eventually(async () => {
    expect((await call(ListSeenDevices, {})).items).toHaveLength(499);
  });
  await log.append(topic, [listed('known-9', Date.now() - 2 * hour)]);
  await eventually(async () => {
    expect((await call(ListSeenDevices, {})).items).toHaveLength(500);
  });
  await eventually(async () => {
    await report('newcomer');
    expect(subjects()).toContain('osmand:newcomer');
  });
  const { items } = await call(ListSeenDevices, {});
  expect(items).toHaveLength(500);
  expect(items.map(({ deviceId }) => deviceId)).not.toContain('known-9');
});

it('a list with room for one takes one, however fast the others come', async () => {
  await log.append(topic, [encodeRetraction(DeviceSeen, 'osmand:known-11', { city, source: 'test', exercise: false })]);
  await eventually(async () => {
    expect((await call(ListSeenDevices, {})).items).toHaveLength(499);
  });
  said.length = 0;
  for (let round = 0; round < 3; round += 1) {
    const ids = Array.from({ length: 40 }, (_, index) => `crowd-${String(round)}-${String(index)}`);
    await Promise.all(ids.map(report));
    // told of in the same second as the crowd, or later
    await report(`known-${String(20 + round)}`);
    await eventually(() => {
      expect(subjects()).toContain(`osmand:known-${String(20 + round)}`);
    });
  }
  expect(subjects().filter((subject) => subject.includes('crowd'))).toHaveLength(1);
});
