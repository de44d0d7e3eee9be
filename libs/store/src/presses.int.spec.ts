import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openEventLog, type EventLog } from '@siaga/bus';
import { Fault } from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { Documents } from './documents.ts';

const [here, there] = randomCities(2) as [string, string];
let engine: TestEngine;
let log: EventLog;
let documents: Documents;

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  documents = new Documents({ app: 'beds', cities: [here, there], collections: [], uri: engine.mongoUri }, log);
  await documents.open();
});
afterAll(async () => {
  await documents.close();
  await log.close();
  await engine.close();
});

let done = 0;
const press = (key: string, answer: () => unknown, city = here) =>
  withContext(serviceContext(city), () =>
    documents.presses.once({ key, bodyHash: 'same', subjects: [`bed:${key}`] }, () => {
      done += 1;
      return Promise.resolve(answer());
    }),
  );

it('what a press was answered is kept; what is too long, or failed, is done again', async () => {
  const fails = () => {
    throw new Fault('unavailable', 'the log is away');
  };
  await expect(press('a', fails)).rejects.toMatchObject({ kind: 'unavailable' });
  expect([await press('a', () => ({ n: 1 })), await press('a', fails), done]).toEqual([{ n: 1 }, { n: 1 }, 2]);
  const long = () => 'x'.repeat(70_000);
  expect([await press('b', long), await press('b', long), done]).toEqual([long(), long(), 4]);
});

it('cities do not know of one another’s presses', async () => {
  expect([await press('c', () => 'here'), await press('c', () => 'there', there)]).toEqual(['here', 'there']);
});
