import { fork, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf } from '@siaga/bus';
import { createClient, Fault, GetTrack, RegisterTruck, TruckMoved, wastePositions } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';

const root = path.resolve(import.meta.dirname, '../..');
const scripts = {
  engine: path.join(root, 'libs/engine/dist/main.js'),
  waste: path.join(root, 'apps/waste/dist/main.js'),
};
type Part = keyof typeof scripts;

/** Engine and waste service as processes, from the build, on one data folder. */
class Installation {
  readonly city = randomCities(1)[0] ?? '';
  url = '';
  logSocket = '';
  #dataDir = '';
  #mongoUri = '';
  readonly #running = new Map<Part, ChildProcess>();

  async start(part: Part): Promise<void> {
    this.#dataDir ||= await mkdtemp(path.join(tmpdir(), 'siaga-kill-'));
    const env = part === 'engine' ? { SIAGA_DATA: this.#dataDir } : this.#wasteEnv();
    const child = fork(scripts[part], [], { env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'fatal', ...env } });
    this.#running.set(part, child);
    const gone = once(child, 'exit').then(([code]) => {
      throw new Error(`${part} ended with ${String(code)} before it was ready`);
    });
    const [{ ready }] = (await Promise.race([once(child, 'message'), gone])) as [{ ready: Record<string, string> }];
    gone.catch(() => undefined); // later it is we who end it
    if (part === 'waste') this.url = ready['url'] ?? '';
    else [this.logSocket, this.#mongoUri] = [ready['logSocket'] ?? '', ready['mongoUri'] ?? ''];
  }

  async kill9(part: Part): Promise<void> {
    const child = this.#running.get(part);
    if (child === undefined || !this.#running.delete(part)) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill9('waste');
    await this.kill9('engine');
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  #wasteEnv() {
    return {
      SIAGA_CITY: this.city,
      SIAGA_ENGINE: this.logSocket,
      MONGODB_URI: this.#mongoUri,
      PORT: '0',
      HOST: '127.0.0.1',
    };
  }
}

/** A phone that sends one fix after the other and, like Traccar Client, the same one until it hears success. */
class Phone {
  readonly acknowledged: number[] = [];
  brokenOff = 0;
  #atMs = Date.now() - 20 * 86_400_000;
  #driving = true;
  readonly #started = new EventTarget();
  readonly #driven: Promise<void>;
  readonly truckId: string;
  readonly #installation: Installation;

  constructor(truckId: string, installation: Installation) {
    this.truckId = truckId;
    this.#installation = installation;
    this.#driven = this.#drive();
  }

  /** Resolves when it has begun to send something, after so many more acknowledged fixes. */
  async sending(after: number): Promise<void> {
    const wanted = this.acknowledged.length + after;
    do await once(this.#started, 'request');
    while (this.acknowledged.length < wanted);
  }

  /** Resolves when the last fix has been acknowledged. */
  async park(): Promise<void> {
    this.#driving = false;
    await this.#driven;
  }

  async #drive(): Promise<void> {
    while (this.#driving) {
      this.#atMs += 1000;
      while (!(await this.#sent(this.#atMs))) await wait(20);
      this.acknowledged.push(this.#atMs);
      await wait(10);
    }
  }

  async #sent(atMs: number): Promise<boolean> {
    const lat = -7.75 + (atMs % 1e7) / 1e10;
    this.#started.dispatchEvent(new Event('request'));
    try {
      const query = `id=${this.truckId}&timestamp=${String(atMs)}&lat=${lat.toFixed(7)}&lon=113.2`;
      return (await fetch(`${this.#installation.url}/ingest/osmand?${query}`)).status === 200;
    } catch {
      this.brokenOff++;
      return false;
    }
  }
}

async function fleetOf(installation: Installation): Promise<Phone[]> {
  const call = createClient({ baseUrl: installation.url });
  const truckIds = ['K1', 'K2', 'K3'];
  for (const truckId of truckIds) {
    const devices = [{ protocol: 'osmand' as const, deviceId: truckId }];
    await call(RegisterTruck, {
      body: { truckId, plate: truckId, hullNumber: truckId, kind: 'dump', capacityKg: 1, devices },
    });
  }
  return truckIds.map((truckId) => new Phone(truckId, installation));
}

/** Everything acknowledged is in the history exactly once, and the marker ends where the truck is without going back. */
async function expectNothingLost(installation: Installation, phones: readonly Phone[]): Promise<void> {
  const call = createClient({ baseUrl: installation.url });
  const log = await openEventLog({ SIAGA_ENGINE: installation.logSocket });
  const moved: TruckMoved[] = [];
  const following = await log.follow({
    topics: [{ topic: topicOf(installation.city, wastePositions), from: 'start' }],
    onBatch: ({ records }) => {
      const events = records.map((record) => decodeEvent(record, TruckMoved));
      for (const event of events) if (!(event instanceof Fault) && event.data !== null) moved.push(event.data);
    },
  });
  for (const { truckId, acknowledged } of phones) {
    const query = { from: (acknowledged[0] ?? 0) - 1000, to: Date.now() };
    await eventually(async () => {
      const { features } = await call(GetTrack, { params: { truckId }, query });
      expect(features.map(({ properties }) => properties.atMs)).toEqual(acknowledged);
    }, 30_000);
    await eventually(() => {
      expect(moved.filter((marker) => marker.truckId === truckId).at(-1)?.atMs).toBe(acknowledged.at(-1));
    });
  }
  await following.close();
  await log.close();
}

describe('every fix answered with success is in the history exactly once', () => {
  let installation: Installation;
  afterEach(() => installation.remove());

  it.each<[string, readonly Part[], number]>([
    ['the waste service', ['waste'], 50],
    ['engine and waste service', ['waste', 'engine'], 10],
  ])(
    'when %s is killed at random moments',
    async (_, parts, times) => {
      installation = new Installation();
      await installation.start('engine');
      await installation.start('waste');
      const phones = await fleetOf(installation);
      for (let killed = 0; killed < times; killed++) {
        await Promise.race(phones.map((phone) => phone.sending(randomInt(1, 20))));
        // somewhere between hearing a request and answering it
        await wait(Math.random() * 4);
        await Promise.all(parts.map((part) => installation.kill9(part)));
        for (const part of [...parts].reverse()) await installation.start(part);
      }
      await Promise.all(phones.map((phone) => phone.park()));
      const brokenOff = phones.reduce((sum, phone) => sum + phone.brokenOff, 0);
      const acknowledged = phones.reduce((sum, phone) => sum + phone.acknowledged.length, 0);
      expect(brokenOff).toBeGreaterThan(times / 2);
      expect(acknowledged).toBeGreaterThan(times * 2);
      await expectNothingLost(installation, phones);
    },
    240_000,
  );
});
