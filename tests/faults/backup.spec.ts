import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createClient, FixRecorded, GetTrack, RegisterTruck, ServiceReported, TruckMoved } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, stallWrites, startTestCity, type TestCity } from '@siaga/testing';

const script = path.resolve(import.meta.dirname, '../../apps/city/dist/siaga.js');
const truckId = 'B-1';
const truck = { truckId, plate: 'N 1 B', hullNumber: '1', kind: 'dump', capacityKg: 4000 } as const;

let city: TestCity;
let screen: Live;
let backups: string;
/** Positions the screen was told live, by their time. */
const seen: number[] = [];

beforeEach(async () => {
  backups = await mkdtemp(path.join(tmpdir(), 'siaga-backups-'));
  city = await startTestCity();
  await createClient({ baseUrl: city.url })(RegisterTruck, {
    body: { ...truck, devices: [{ protocol: 'osmand', deviceId: truckId }] },
  });
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

/** One position, sent until it is acknowledged, as a phone does. */
const report = (atMs: number) =>
  eventually(async () => {
    const query = new URLSearchParams({ id: truckId, timestamp: String(atMs), lat: '-7.75', lon: '113.21' }).toString();
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
