import { hostname } from 'node:os';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { encodeEvent, encodeRetraction, topicOf } from '@siaga/bus';
import { ListAlarms, ServiceReported } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestAlarms, type TestAlarms } from '../alarms.harness.ts';
import { SILENT_MS } from './silences.ts';

const [city = ''] = randomCities(1);
let desk: TestAlarms;

beforeAll(async () => {
  desk = await startTestAlarms(city);
});
afterAll(() => desk.close());

const report = (service: string): ServiceReported => ({
  ...{ service, instanceId: hostname(), atMs: 1, startedAtMs: 1, ready: true, checks: [], memoryBytes: 1 },
});
const meta = (timeMs: number) => ({ city, source: 'siaga/test', exercise: false, timeMs });

it('a process of ours that fell silent is an alarm of the room, until it has gone for good', async () => {
  const topic = topicOf(city, ServiceReported.stream);
  const silentSinceMs = Date.now() - SILENT_MS - 1000;
  await desk.log.append(topic, [
    encodeEvent(ServiceReported, report('waste'), meta(silentSinceMs)),
    encodeEvent(ServiceReported, report('gateway'), meta(Date.now())),
  ]);
  const room = await desk.as({ agencies: ['command'], roles: ['supervisor'] });
  const alarms = async () => (await room(ListAlarms, { query: {} })).items;
  await eventually(async () =>
    expect(await alarms()).toMatchObject([
      {
        thing: { kind: 'service' },
        name: 'layanan waste',
        agency: 'command',
        status: 'active',
        sinceMs: silentSinceMs,
      },
    ]),
  );
  const key = ServiceReported.key(report('waste'));
  await desk.log.append(topic, [encodeRetraction(ServiceReported, key, meta(Date.now()))]);
  await eventually(async () => expect(await alarms()).toMatchObject([{ status: 'cleared' }]), 15_000);
});
