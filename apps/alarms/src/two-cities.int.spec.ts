import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventBus, openEventLog, type EventLog } from '@siaga/bus';
import {
  AcknowledgeAlarms,
  ConditionChanged,
  createClient,
  GetAlarm,
  ListAlarms,
  ListHandOvers,
  WriteHandOver,
  type Client,
} from '@siaga/contracts';
import { serviceContext, signToken, withContext, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { blockOf } from './alarms.harness.ts';
import { startAlarms } from './alarms.module.ts';
import { AlarmsConfig } from './config.ts';

const [home = '', other = ''] = randomCities(2);
const secret = randomBytes(32).toString('hex');
let engine: TestEngine;
let log: EventLog;
let alarms: RunningService;
let atHome: Client;
let elsewhere: Client;

beforeAll(async () => {
  engine = await startTestEngine();
  const open = () => openEventLog({ SIAGA_ENGINE: engine.logSocket });
  const cities = { SIAGA_CITY: home, SIAGA_CITIES: other };
  const config = AlarmsConfig.parse({ ...cities, MONGODB_URI: engine.mongoUri, SIAGA_SECRET: secret });
  log = await open();
  alarms = await startAlarms(config, await open());
  [atHome, elsewhere] = [await callerOf(home), await callerOf(other)];
});
afterAll(async () => {
  await alarms.close();
  await log.close();
  await engine.close();
});

async function callerOf(city: string): Promise<Client> {
  const principal = { id: 'p1', kind: 'person', city, agencies: ['dishub'], roles: ['dispatcher'], exercise: false } as const; // prettier-ignore
  return createClient({ baseUrl: alarms.url, token: await signToken(principal, secret, '5m') });
}

it('the same feeder in two cities is two alarms, and each city sees and answers its own', async () => {
  const bus = new EventBus(log, 'street', [home, other]);
  const { feeder, lamp } = blockOf('same');
  await withContext(serviceContext(home), () => bus.publishAll(ConditionChanged, [feeder(), lamp(1), lamp(2)]));
  await withContext(serviceContext(other), () => bus.publishAll(ConditionChanged, [feeder()]));
  const only = async (call: Client) => {
    const { items } = await call(ListAlarms, { query: {} });
    expect(items).toHaveLength(1);
    return items[0]!;
  };
  const ofHome = await eventually(() => only(atHome));
  const ofOther = await eventually(() => only(elsewhere));
  expect([ofHome.affected, ofOther.affected]).toEqual([{ lamp: 2 }, {}]);
  const params = { alarmId: ofHome.alarmId };
  await expect(elsewhere(GetAlarm, { params })).rejects.toMatchObject({ kind: 'not-found' });
  const body = { alarmIds: [params.alarmId, ofOther.alarmId], reason: 'pemadaman PLN' };
  const { items } = await elsewhere(AcknowledgeAlarms, { body });
  expect(items.map(({ outcome }) => outcome)).toEqual(['unknown', 'done']);
  expect((await atHome(GetAlarm, { params })).alarm).not.toHaveProperty('acknowledgement');
  await bus.close();
});

it('a shift of one city leaves its note to its own', async () => {
  await atHome(WriteHandOver, { body: { agency: 'dishub', text: 'Pilang padam' } });
  expect((await elsewhere(ListHandOvers, { query: { agency: 'dishub' } })).items).toEqual([]);
});
