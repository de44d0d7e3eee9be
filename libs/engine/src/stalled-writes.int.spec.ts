import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { eventually, stallWrites, startEngineProcess, type EngineProcess } from '@siaga/testing';
import { createConnection, type Connection } from 'mongoose';
import { connectLog } from './log/client.ts';
import type { EventLog } from './log/event-log.ts';

const topic = '1000.t';
let engine: EngineProcess;
let log: EventLog;
let documents: Connection;

beforeEach(async () => {
  engine = await startEngineProcess();
  log = connectLog(engine.logSocket);
  documents = await createConnection(engine.mongoUri, { dbName: 'siaga_1000' }).asPromise();
  await log.ensure([{ topic, delivery: 'every', partitions: 1, keepForDays: 1 }]);
});

afterEach(async () => {
  await log.close();
  await documents.close();
  await engine.stop();
});

const append = () => log.append(topic, [{ key: 'k', value: Buffer.from('v'), headers: {} }]);

it.each([
  ['the log', append],
  ['the documents', () => documents.collection('trucks').insertOne({ plate: 'N 1' })],
])(
  'a write of %s that hangs is told by an engine that still answers, and nothing is wrong once it settles',
  async (_, write) => {
    const letGo = await stallWrites(engine.dataDir);
    try {
      const hanging = write().catch((error: unknown) => error);
      await log.ends(topic);
      expect(await log.storage?.()).toMatchObject({ full: false });
      await eventually(
        () =>
          expect(log.storage?.()).rejects.toMatchObject({
            kind: 'unavailable',
            message: expect.stringContaining('not reached the disk') as unknown,
          }),
        12_000,
      );
      await letGo();
      await hanging;
      await eventually(async () => expect(await log.storage?.()).toMatchObject({ full: false }), 5000);
      await append();
    } finally {
      await letGo();
    }
  },
  40_000,
);
