import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectLog } from '@siaga/engine';
import { randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import type { EventLog } from './event-log.ts';
import { readThrough } from './read-through.ts';

let engine: TestEngine;
let log: EventLog;

beforeAll(async () => {
  engine = await startTestEngine();
  log = connectLog(engine.logSocket);
});
afterAll(async () => {
  await log.close();
  await engine.close();
});

it('a reading that nobody waits for any more ends, and keeps no reader open', async () => {
  const [city = ''] = randomCities(1);
  const topic = `${city}.bells`;
  await log.ensure([{ topic, delivery: 'every', partitions: 1, keepForDays: 1 }]);
  await log.append(topic, [{ key: 'k', value: Buffer.from('{}'), headers: {} }]);
  let open = 0;
  const slow: Pick<EventLog, 'follow'> = {
    follow: async (options) => {
      const following = await log.follow(options);
      open += 1;
      const close = async () => {
        await following.close();
        open -= 1;
      };
      return { ...following, caughtUp: new Promise(() => undefined), close };
    },
  };
  const waiting = new AbortController();
  const reading = readThrough(slow, topic, () => waiting.abort(), waiting.signal);
  await expect(reading).rejects.toThrow('aborted');
  expect(open).toBe(0);
});
