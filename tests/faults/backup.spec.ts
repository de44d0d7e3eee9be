import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEventLog, topicOf } from '@siaga/bus';
import { createClient, FixRecorded, GetTrack, RegisterTruck, ServiceReported, TruckMoved } from '@siaga/contracts';
import { partitionOf } from '@siaga/engine';
import { createLive, type Live } from '@siaga/live';
import { eventually, stallWrites, startTestCity, type TestCity } from '@siaga/testing';

const script = path.resolve(import.meta.dirname, '../../dist/apps/city/siaga.js');
const truckId = 'B-1';

let city: TestCity;
let screen: Live;
let backups: string;
/** Positions the screen was told live, by their time. */
const seen: number[] = [];

beforeEach(async () => {
  backups = await mkdtemp(path.join(tmpdir(), 'siaga-backups-'));
  city = await startTestCity();
  await register(truckId);
  const streams = [FixRecorded, TruckMoved, ServiceReported].map(({ stream }) => stream.name);
  screen = createLive({ url: city.url, streams });
  screen.every(FixRecorded, ({ atMs }) => seen.push(atMs));
}, 60_000);

afterEach(async () => {
  screen.close();
  await city.stop();
  await city.remove();
  await rm(backups, { recursive: true, force: true });
}, 60_000);

const siaga = async (...args: string[]) => {
  const env = { ...process.env, NODE_OPTIONS: '', SIAGA_DATA: city.dataDir, SIAGA_BACKUP_DIR: backups };
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args, '--json'], { env });
  return JSON.parse(stdout) as Record<string, unknown>;
};

const register = (id: string) =>
  createClient({ baseUrl: city.url })(RegisterTruck, {
    body: {
      ...{ truckId: id, plate: `N 1 ${id}`, hullNumber: id, kind: 'dump', capacityKg: 4000 },
      devices: [{ protocol: 'osmand', deviceId: id }],
    },
  });

/** One position, sent until it is acknowledged, as a phone does. */
const report = (atMs: number, deviceId = truckId) =>
  eventually(async () => {
    const query = new URLSearchParams({
      id: deviceId,
      timestamp: String(atMs),
      lat: '-7.75',
      lon: '113.21',
    }).toString();
    const response = await fetch(`${city.url}/ingest/osmand?${query}`, { signal: AbortSignal.timeout(5000) });
    expect(response.status).toBe(200);
  }, 30_000);

const kept = async () => {
  const track = await createClient({ baseUrl: city.url })(GetTrack, {
    params: { truckId },
    query: { from: Date.now() - 3_600_000, to: Date.now() },
  });
  return track.features.map(({ properties }) => properties.atMs).toSorted((a, b) => a - b);
};

/** The last backup, as the gateway tells every screen and `siaga city status` tells at the command line. */
const backupOnScreen = () =>
  [...screen.latest(ServiceReported).get().values()].find(({ data }) => data.service === 'gateway')?.data.storage
    ?.lastBackup?.atMs;

async function engineOfCity(): Promise<number> {
  const { engine } = await city.pids();
  if (engine === undefined) throw new Error('the city has no engine');
  return engine;
}

const onScreen = () => screen.latest(TruckMoved).get().get(truckId)?.data.atMs;

const partition = partitionOf(truckId, TruckMoved.stream.partitions);
/** A truck whose news share a partition with the other one's. */
const companion = Array.from({ length: 100 }, (_, number) => `C-${String(number)}`).find(
  (id) => partitionOf(id, TruckMoved.stream.partitions) === partition,
);

/** How far the log of the trucks' news is in the partition of both. */
async function endOfNews(): Promise<number> {
  const { logSocket } = await siaga('city', 'status');
  const log = await openEventLog({ SIAGA_ENGINE: String(logSocket) });
  try {
    const { partitions } = await log.ends(topicOf('3574', TruckMoved.stream));
    return partitions.find((one) => one.partition === partition)?.next ?? 0;
  } finally {
    await log.close();
  }
}

describe('a running embedded city', () => {
  it('comes back from its backup after everything else was lost: what came before once, what came after nowhere', async () => {
    const from = Date.now() - 3_000_000;
    const before = Array.from({ length: 30 }, (_, step) => from + step * 1000);
    for (const atMs of before) await report(atMs);
    await eventually(async () => expect(await kept()).toEqual(before), 20_000);
    const backup = await siaga('backup');
    expect(backup).toMatchObject({ done: true, outside: true });
    await eventually(() => expect(backupOnScreen()).toBe(backup['atMs']), 10_000);
    const { version } = JSON.parse(await readFile(path.resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    expect(JSON.parse(await readFile(path.join(String(backup['folder']), 'manifest.json'), 'utf8'))).toMatchObject({
      siaga: version,
    });
    expect(await siaga('city', 'status')).toMatchObject({
      services: expect.arrayContaining([
        expect.objectContaining({
          service: 'gateway',
          storage: expect.objectContaining({ lastBackup: { atMs: backup['atMs'], bytes: backup['bytes'] } }) as object,
        }),
      ]) as unknown,
    });
    const after = Array.from({ length: 10 }, (_, step) => from + 600_000 + step * 1000);
    for (const atMs of after) await report(atMs);
    await eventually(() => expect(onScreen()).toBe(after.at(-1)), 20_000);

    await city.kill9();
    await rm(city.dataDir, { recursive: true });
    await siaga('restore', '--from', String(backup['folder']));
    const { port } = new URL(city.url);
    city = await startTestCity({ dataDir: city.dataDir, env: { PORT: port } });

    await eventually(async () => expect(await kept()).toEqual(before), 20_000);
    await eventually(() => {
      expect(screen.status.get()).toMatchObject({ state: 'live', missed: { filled: false } });
      expect(onScreen()).toBe(before.at(-1));
    }, 30_000);
    const next = from + 700_000;
    await report(next);
    await eventually(async () => {
      expect(onScreen()).toBe(next);
      expect(await kept()).toEqual([...before, next]);
    }, 20_000);
    expect(seen.length).toBe(new Set(seen).size);
  }, 180_000);

  it('a screen that stayed on forgets what was lost, also when the restored log has grown past it meanwhile', async () => {
    const [stays, isLost, grows] = [Date.now() - 3_000_000, Date.now() - 2_000_000, Date.now() - 1_000_000];
    const lone = createLive({ url: city.url, streams: [TruckMoved.stream.name] });
    try {
      const shown = () => lone.latest(TruckMoved).get().get(truckId)?.data.atMs;
      await register(String(companion));
      await report(stays);
      await eventually(() => expect(shown()).toBe(stays), 20_000);
      const backup = await siaga('backup');
      await report(isLost);
      await eventually(() => expect(shown()).toBe(isLost), 20_000);
      const lostEnd = await endOfNews();
      await city.kill9();
      await siaga('restore', '--from', String(backup['folder']), '--replace');

      const { port } = new URL(city.url);
      city = await startTestCity({ dataDir: city.dataDir }); // where no screen looks for it
      for (let atMs = grows; (await endOfNews()) <= lostEnd; atMs += 1000) await report(atMs, companion);
      await city.stop();
      city = await startTestCity({ dataDir: city.dataDir, env: { PORT: port } });
      await eventually(() => expect(lone.status.get().state).toBe('live'), 20_000);
      await eventually(() => expect(shown()).toBe(stays), 10_000);
    } finally {
      lone.close();
    }
  }, 120_000);

  it.each([
    [
      'is frozen',
      (pid: number) => {
        process.kill(pid, 'SIGSTOP');
        return Promise.resolve(() => Promise.resolve());
      },
    ],
    ['answers and cannot write', () => stallWrites(city.dataDir)],
  ])(
    'notices within 20 s an engine that %s, and works again after a start',
    async (_, spoil) => {
      const engine = await engineOfCity();
      const mend = await spoil(engine);
      try {
        // a device that is not answered: it tries again until it is
        const atMs = Date.now() - 1000;
        const reported = report(atMs);
        await eventually(async () => expect((await city.pids())['engine']).not.toBe(engine), 20_000);
        await mend();
        await reported;
        await eventually(() => expect(onScreen()).toBe(atMs), 10_000);
      } finally {
        await mend();
      }
    },
    90_000,
  );
});
