import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEvent, defineStream, Fault } from '@siaga/contracts';
import { connectLog, partitionOf } from '@siaga/engine';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { z } from 'zod';
import { Consumer, type Handle } from './consumer.ts';
import { listDeadLetters, replayDeadLetters } from './dead-letters.ts';
import { encodeEvent } from './envelope.ts';
import type { EventLog } from './event-log.ts';
import { topicOf, topicSettings } from './topics.ts';

const doors = defineStream({ name: 'test.doors', delivery: 'every', partitions: 3, keepForDays: 1 });
const Opened = defineEvent({
  name: 'test.door.opened',
  summary: 'A door was opened.',
  stream: doors,
  data: z.object({ doorId: z.string(), note: z.string().optional() }),
  key: (door) => door.doorId,
  audience: ['command'],
});
type Opened = z.infer<typeof Opened.data>;
const never = () => new Promise<never>(() => undefined);

describe('a consumer', () => {
  let engine: TestEngine;
  let log: EventLog;
  let consumer: Consumer;
  let city: string;

  beforeAll(async () => {
    engine = await startTestEngine();
    log = connectLog(engine.logSocket);
  });
  afterEach(() => consumer.close());
  afterAll(async () => {
    await log.close();
    await engine.close();
  });

  async function joined(handle: (door: Opened) => Promise<unknown>, deadlineMs: number): Promise<void> {
    [city = '1000'] = randomCities(1);
    const subscription = {
      ...{ stream: Opened.stream, events: [Opened], handler: 'Doors.opened', deadlineMs },
      ...{ batch: false, tombstones: false, mixed: false },
    };
    await log.ensure([topicSettings(city, doors)]);
    consumer = new Consumer({ log, app: 'test', city, subscription, handle: handle as Handle });
    await consumer.join();
  }

  const open = (doorId: string, note = '') =>
    log.append(topicOf(city, doors), [
      encodeEvent(Opened, { doorId, note }, { city, source: 'test', exercise: false }),
    ]);

  it('gives up an event whose handler never returns, and the watchdog bears with it until then', async () => {
    const heard: string[] = [];
    await joined(({ doorId, note }) => (note === 'poison' ? never() : Promise.resolve(heard.push(doorId))), 200);
    await open('a', 'poison');
    await open('a');
    const found: string[] = [];
    await eventually(async () => {
      found.push(...(await consumer.stuck(1000)));
      expect(heard).toEqual(['a']);
    }, 20_000);
    expect(found).toEqual([]);
    expect(await listDeadLetters(log, city)).toMatchObject([
      { attempts: 5, cause: expect.stringContaining('no answer within 0.2 s') },
    ]);
  }, 30_000);

  it('gives up an event that is too large to be kept twice without it, and goes on', async () => {
    const heard: string[] = [];
    const refused = () => Promise.reject(new Fault('invalid', 'no '.repeat(2000)));
    await joined(({ doorId }) => (doorId === 'bad' ? refused() : Promise.resolve(heard.push(doorId))), 1000);
    const ids = ['bad', 'a', 'b', 'c', 'd', 'e'].filter((id) => partitionOf(id, 3) === partitionOf('bad', 3));
    const record = encodeEvent(Opened, { doorId: 'bad' }, { city, source: 'test', exercise: false });
    const value = Buffer.concat([record.value ?? Buffer.alloc(0), Buffer.alloc(1_039_000, ' ')]);
    await log.append(topicOf(city, doors), [{ ...record, value }]);
    for (const doorId of ids.slice(1)) await open(doorId);
    await eventually(async () => {
      const [letter] = await listDeadLetters(log, city);
      expect(letter).toMatchObject({ leftOut: true, key: 'bad', origin: { offset: 0 }, record: { value: null } });
      expect(letter?.cause).toHaveLength(2000);
      expect(heard).toEqual(ids.slice(1));
    });
    expect(await replayDeadLetters(log, city)).toBe(0);
    expect(await listDeadLetters(log, city)).toHaveLength(1);
  });

  it('shows a partition that stands still although others move', async () => {
    await joined(({ note }) => (note === 'poison' ? never() : Promise.resolve()), 3000);
    const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].filter(
      (doorId) => partitionOf(doorId, 3) !== partitionOf('x', 3),
    );
    await open('x', 'poison');
    await eventually(async () => {
      for (const doorId of others) await open(doorId);
      const stands = `${consumer.group} ${topicOf(city, doors)}/${partitionOf('x', 3)}`;
      expect(await consumer.stuck(1000)).toEqual([stands]);
    });
  });
});
