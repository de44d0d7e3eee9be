import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually, startEngineProcess, type EngineProcess } from '@siaga/testing';
import { createConnection } from 'mongoose';
import { connectLog } from './log/client.ts';
import type { EventLog } from './log/event-log.ts';

const settings = { topic: '1000.t', delivery: 'every', partitions: 1, keepForDays: 1 } as const;
const record = (text: string) => ({ key: 'k', value: Buffer.from(text), headers: {} });

let engine: EngineProcess;
let log: EventLog;

const start = async (env: Record<string, string> = {}) => {
  engine = await startEngineProcess({ env, silent: true });
  log = connectLog(engine.logSocket);
  await log.ensure([settings]);
};

/** Everything in the topic, in order. */
async function read(): Promise<string[]> {
  const values: string[] = [];
  const following = await log.follow({
    topics: [{ topic: settings.topic, from: 'start' }],
    onBatch: ({ records }) => {
      for (const { value } of records) values.push(String(value?.subarray(0, 20).toString('utf8').trim()));
    },
  });
  await following.caughtUp;
  await following.close();
  return values;
}

afterEach(async () => {
  await log.close();
  await engine.stop();
});

describe('a disk with less left than the reserve', () => {
  it('takes nothing that makes it grow, in one sentence, while reading, replacing and removing go on', async () => {
    const { bavail, bsize } = await statfs(tmpdir());
    await start({ SIAGA_DISK_RESERVE_MIB: String(Math.ceil((bavail * bsize) / 1024 ** 2) + 10_000) });
    expect(await log.storage?.()).toMatchObject({ full: true });
    await expect(log.append(settings.topic, [record('1')])).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('disk penuh'),
    });
    expect(await read()).toEqual([]);
    // half of the reserve is for what replaces an older value: a screen is told that the disk is full
    await log.ensure([{ ...settings, topic: '1000.reports', delivery: 'latest' }]);
    await log.append('1000.reports', [record('full')]);
    const documents = await createConnection(engine.mongoUri, { dbName: 'siaga_1000' }).asPromise();
    const trucks = documents.collection('trucks');
    await expect(trucks.insertOne({ plate: 'N 1' })).rejects.toMatchObject({ codeName: 'OutOfDiskSpace' });
    await expect(trucks.findOneAndUpdate({}, { $set: { a: 1 } }, { upsert: true })).rejects.toMatchObject({
      code: 14_031,
    });
    expect(await trucks.deleteMany({})).toMatchObject({ deletedCount: 0 });
    expect(await trucks.find().toArray()).toEqual([]);
    await documents.close();
  });
});

/** `prlimit` belongs to util-linux: elsewhere a file cannot be made to end for a process that runs. */
const onLinux = platform() === 'linux' ? describe : describe.skip;

onLinux('a disk that ends in the middle of a commit', () => {
  it('acknowledges nothing of it, ends no process, loses nothing, and goes on once there is room', async () => {
    await start();
    await log.append(settings.topic, [record('before')]);
    const { usedBytes } = (await log.storage?.()) ?? { usedBytes: 0 };
    await endFilesAt(usedBytes + 3_000_000);

    const big = (number: number) => record(String(number).padEnd(200_000));
    const acknowledged: string[] = [];
    let refused = 0;
    for (let number = 0; number < 40; number++)
      await log.append(settings.topic, [big(number)]).then(
        () => acknowledged.push(String(number)),
        (error: unknown) => {
          expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('disk') });
          refused++;
        },
      );
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(refused).toBeGreaterThan(3);
    expect(await log.storage?.()).toMatchObject({ full: true });
    expect(await read()).toEqual(['before', ...acknowledged]);

    await endFilesAt('unlimited');
    await log.append(settings.topic, [record('after')]);
    expect(await log.storage?.()).toMatchObject({ full: false });
    expect(await read()).toEqual(['before', ...acknowledged, 'after']);

    await engine.kill9();
    await engine.restart();
    await eventually(async () => {
      expect(await read()).toEqual(['before', ...acknowledged, 'after']);
    });
  }, 30_000);

  it('answers a document it could not store as a disk that is full, and stores the next', async () => {
    await start();
    const documents = await createConnection(engine.mongoUri, { dbName: 'siaga_1000' }).asPromise();
    const photos = documents.collection('photos');
    await photos.insertOne({ n: 0 });
    await endFilesAt(1_000_000);
    await expect(photos.insertOne({ bytes: Buffer.alloc(4_000_000) })).rejects.toMatchObject({ code: 14_031 });
    await endFilesAt('unlimited');
    await photos.insertOne({ n: 1 });
    expect(await photos.countDocuments()).toBe(2);
    await documents.close();
  });

  async function endFilesAt(bytes: number | 'unlimited'): Promise<void> {
    await promisify(execFile)('prlimit', ['--pid', String(engine.pid), `--fsize=${String(bytes)}:unlimited`]);
  }
});
