import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { cities, GetCity, type RegisteredTruck, type SimulatedScene, type Truck } from '@siaga/contracts';
import { fleet, stranger } from './fleet.ts';
import { simulate, type Ending } from './simulator.ts';

/** The far side of the doors: a register and the ingest doors, on a real socket. */
class FarSide {
  readonly trucks = new Map<string, RegisteredTruck>();
  readonly heard: { door: string; deviceId: string; atMs: number }[] = [];
  readonly tokens = { register: new Set<string>(), ingest: new Set<string>() };
  readonly refused: string[] = [];
  /** Status of the next ingest answers instead of what would be right. */
  readonly fail: number[] = [];
  exercise = true;
  /** Sheets of street lights that were imported, and reports of them. */
  readonly sheets: string[] = [];
  readonly lights: { deviceId: string; supply?: string; commanded?: string }[] = [];
  /** Since when it works in earnest. */
  beganAtMs: number | undefined;
  #looks: (() => void)[] = [];
  readonly #server: Server = createServer((request, response) => {
    void this.#answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      for (const look of this.#looks) look();
    });
  });

  async listen(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Resolves once a fact holds, looked at after every request. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => (holds() ? resolve() : undefined);
      this.#looks.push(look);
      look();
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    const url = new URL(request.url ?? '/', 'http://far.side');
    const body = await text(request);
    const register = url.pathname.startsWith('/api/');
    this.tokens[register ? 'register' : 'ingest'].add(request.headers.authorization ?? 'none');
    if (url.pathname === GetCity.path) return [200, this.#city()];
    if (url.pathname.startsWith('/api/street/')) return this.#keepSheet(request.method === 'GET', body);
    if (['/api/emergency/units', '/api/emergency/incidents'].includes(url.pathname)) return [200, { items: [] }];
    if (url.pathname.startsWith('/api/emergency/units/')) return [200, unitOnDuty(url.pathname, body)];
    if (url.pathname.startsWith('/api/emergency/hospitals')) return [200, hospitalAnswer(url.pathname, body)];
    if (url.pathname === '/ingest/street') return this.#hearLights(body);
    if (!register) return this.#hear(url, request.headers['content-type'] ?? '', body);
    if (request.method === 'GET') return [200, { items: [...this.trucks.values()] }];
    const truck = JSON.parse(body) as Truck;
    const taken = { status: 409, type: 'about:blank', title: 'conflict', detail: 'taken', correlation: 'c' };
    if (this.trucks.has(truck.truckId)) return [409, taken];
    return [201, this.put(truck, this.exercise)];
  }

  #keepSheet(isQuestion: boolean, body: string): [status: number, body: unknown] {
    const registered = { exercise: this.exercise, version: 1, createdAtMs: 1, changedAtMs: 1 };
    if (isQuestion) return [200, { items: [{ feederId: 'SIM-PLG', name: 'Pilang', ...registered }] }];
    this.sheets.push((JSON.parse(body) as { fileName: string }).fileName);
    const counts = { lines: 1, created: 1, changed: 0, unchanged: 0 };
    return [200, { ...counts, errors: [], warnings: [] }];
  }

  #hearLights(body: string): [status: number, body: unknown] {
    const said = JSON.parse(body) as typeof this.lights;
    this.lights.push(...said);
    return [200, { items: said.map(() => ({ result: 'accepted' })) }];
  }

  #city() {
    const addresses = { mapPmtiles: false, deviceAddresses: [], devicePath: '/ingest' };
    return { city: cities['3574'], simulator: true, beganAtMs: this.beganAtMs, ...addresses };
  }

  put(truck: Truck, exercise: boolean): RegisteredTruck {
    const registered = { ...truck, version: 1, exercise, createdAtMs: 1, changedAtMs: 1 };
    this.trucks.set(truck.truckId, registered);
    return registered;
  }

  #hear(url: URL, contentType: string, body: string): [status: number, body: unknown] {
    const failure = this.fail.shift();
    if (failure !== undefined) return [failure, {}];
    const door = url.pathname.replace('/ingest/', '');
    const fixes = contentType.includes('json') ? fixesOfJson(body) : [fixOfParams(url.search.slice(1) || body)];
    for (const { deviceId, atMs } of fixes) {
      const known = [...this.trucks.values()].some(({ devices }) =>
        devices.some((device) => device.deviceId === deviceId),
      );
      if (!known) {
        this.refused.push(deviceId);
        return [400, {}];
      }
      this.heard.push({ door, deviceId, atMs });
    }
    return [200, []];
  }
}

/** A unit as it is put into the register, with a crew that somebody has declared already. */
const unitOnDuty = (path: string, body: string) => ({
  ...{ ...(JSON.parse(body) as object), unitId: path.split('/').at(-1), duty: 'on', crew: [] },
  ...{ availability: 'Available', changedAtMs: 1, version: 1 },
});

/** A hospital as it is put into the register, what was taken of its feed, or the list: nobody is announced here. */
const hospitalAnswer = (path: string, body: string) => {
  if (path.endsWith('/feed')) return { taken: [], older: [], refused: [] };
  const hospitalId = path.split('/')[4];
  if (hospitalId === undefined) return { items: [] };
  const now = { emsTraffic: 'normal', beds: [], requests: [], changedAtMs: 1, version: 1 };
  return { ...(JSON.parse(body) as object), ...now, hospitalId };
};

const fixOfParams = (params: string) => {
  const said = new URLSearchParams(params);
  return { deviceId: said.get('id') ?? '', atMs: Number(said.get('timestamp')) * 1000 };
};

/** The three JSON dialects, as loosely as needed to tell who speaks. */
function fixesOfJson(body: string): { deviceId: string; atMs: number }[] {
  type Said = { device_id?: string; location?: { timestamp: string }; topic?: string; tst?: number } & {
    device?: { uniqueId: string };
    position?: { fixTime: string };
  };
  const json = JSON.parse(body) as Said | Said[];
  return (Array.isArray(json) ? json : [json]).map(({ device_id, location, topic, tst, device, position }) => ({
    deviceId: device_id ?? topic ?? device?.uniqueId ?? '',
    atMs: tst === undefined ? Date.parse(location?.timestamp ?? position?.fixTime ?? '') : tst * 1000,
  }));
}

const open: FarSide[] = [];
const running: { stop: AbortController; ended: Promise<Ending> }[] = [];

async function farSide(): Promise<{ city: FarSide; url: string }> {
  const city = new FarSide();
  open.push(city);
  return { city, url: await city.listen() };
}

/** A clock that shows this time now and goes on. */
const clockFrom = (text: string) => {
  const aheadMs = Date.parse(text) - Date.now();
  return () => Date.now() + aheadMs;
};

function start(url: string, options: { speed?: number; said?: string[]; scene?: SimulatedScene } = {}) {
  const stop = new AbortController();
  const config = {
    GATEWAY_URL: url,
    SIAGA_SIMULATOR_TOKEN: 'exercise',
    SEED: 'test',
    SPEED: options.speed ?? 1,
    SCENE: options.scene,
  };
  const { said = [] } = options;
  const now = clockFrom('2026-11-21T12:00:00+07:00');
  const ended = simulate(config, { stop: stop.signal, say: (line) => said.push(line), now });
  running.push({ stop, ended });
  return { stop: () => stop.abort(), ended };
}

afterEach(async () => {
  for (const { stop, ended } of running.splice(0)) {
    stop.abort();
    await ended.catch(() => undefined);
  }
  for (const city of open.splice(0)) await city.close();
});

describe('the simulator', () => {
  it('registers fifteen trucks with its token, then each reports at once through its own door', async () => {
    const { city, url } = await farSide();
    const said: string[] = [];
    const { stop, ended } = start(url, { said });
    await city.until(() => new Set(city.heard.map(({ deviceId }) => deviceId)).size === fleet.length);
    expect([...city.trucks.keys()]).toEqual(fleet.map(({ truckId }) => truckId));
    expect(city.tokens.register).toEqual(new Set(['Bearer exercise']));
    expect(city.tokens.ingest).toEqual(new Set(['Bearer exercise']));
    for (const truck of fleet) {
      const door = truck.dialect.replace(/-.*/, '');
      expect(city.heard).toContainEqual(expect.objectContaining({ door, deviceId: truck.deviceId }));
    }
    await city.until(() => city.refused.includes(stranger.deviceId));
    stop();
    expect(await ended).toBe('stopped');
    expect(said).toContain('15 simulated trucks are registered; seed test, speed 1');
  });

  it('registers street lights sheet by sheet, and plays the scene that was asked for', async () => {
    const { city, url } = await farSide();
    const said: string[] = [];
    start(url, { said, scene: 'feeder-loss' });
    await city.until(() => city.lights.filter(({ supply }) => supply === 'lost').length === 6);
    expect(city.sheets.map((name) => name.replace(/^simulasi-|\.csv$/g, ''))).toEqual([
      ...['penyulang', 'panel', 'lampu', 'tautan', 'pengendali', 'kamera'],
    ]);
    const lost = city.lights.filter(({ supply }) => supply === 'lost');
    expect(new Set(lost.map(({ commanded }) => commanded))).toEqual(new Set(['closed']));
    expect(said).toContain('360 simulated lamps on 12 panels and 10 cameras are registered');
  }, 30_000);

  it('waits quietly for a city that is not there yet', async () => {
    const { city: absent, url } = await farSide();
    await absent.close();
    const said: string[] = [];
    start(url, { said });
    const city = new FarSide();
    open.push(city);
    await city.listen(Number(new URL(url).port));
    await city.until(() => city.heard.length >= fleet.length);
    expect(said.filter((line) => line.startsWith('waiting'))).toHaveLength(1);
  });

  it('replays the day since 05:00 faster, never with a time to come, and sends again what was not taken', async () => {
    const { city, url } = await farSide();
    city.fail.push(503, 429, 500);
    start(url, { speed: 1000 });
    await city.until(() => city.heard.length > 3000);
    const times = city.heard.map(({ atMs }) => atMs);
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.parse('2026-11-21T12:05:00+07:00'));
    const first = city.heard.filter(({ atMs }) => atMs === Date.parse('2026-11-21T05:00:00+07:00'));
    expect(new Set(first.map(({ deviceId }) => deviceId)).size).toBeGreaterThanOrEqual(fleet.length - 2);
  });

  it('stops by itself once its trucks were cleared from the register', async () => {
    const { city, url } = await farSide();
    const { ended } = start(url, { speed: 1000 });
    await city.until(() => city.heard.length > 100);
    city.trucks.clear();
    expect(await ended).toBe('cleared');
  });

  it('begins nothing in a city that works in earnest, as when it crashed before and is started again', async () => {
    const { city, url } = await farSide();
    city.beganAtMs = 1;
    expect(await start(url).ended).toBe('begun');
    expect([city.trucks.size, city.heard.length, city.tokens.ingest.size]).toEqual([0, 0, 0]);
  });

  it('registers nothing more, and sends nothing, when the city begins in earnest meanwhile', async () => {
    const { city, url } = await farSide();
    const { ended } = start(url);
    await city.until(() => city.trucks.size === 3);
    city.beganAtMs = 1;
    expect(await ended).toBe('begun');
    expect([city.trucks.size, city.heard.length]).toEqual([3, 0]);
  });

  it('leaves a real truck alone and takes up its own trucks of an earlier run', async () => {
    const { city, url } = await farSide();
    const [real, earlier] = fleet;
    const named = (truckId: string) =>
      ({ truckId, plate: 'N 1 A', hullNumber: '1', kind: 'dump', capacityKg: 1 }) as const;
    city.put({ ...named(real!.truckId), devices: [] }, false);
    city.put({ ...named(earlier!.truckId), devices: [{ protocol: 'osmand', deviceId: earlier!.deviceId }] }, true);
    start(url);
    await city.until(() => new Set(city.heard.map(({ deviceId }) => deviceId)).size === fleet.length - 1);
    expect(city.trucks.get(real!.truckId)?.devices).toEqual([]);
    expect(city.heard.map(({ deviceId }) => deviceId)).toContain(earlier!.deviceId);
  });

  it('moves nothing when the city took its trucks for real ones', async () => {
    const { city, url } = await farSide();
    city.exercise = false;
    const { ended } = start(url);
    await expect(ended).rejects.toThrow('DLH-01 as a real truck');
    expect([city.trucks.size, city.heard.length]).toEqual([1, 0]);
  });
});

describe('the process', () => {
  const launch = (env: Record<string, string>) =>
    fork(new URL('main.ts', import.meta.url), { execArgv: ['--conditions=siaga-source'], env, silent: true });

  it('says ready to its supervisor and ends with it', async () => {
    const { city, url } = await farSide();
    const child = launch({ GATEWAY_URL: url, SIAGA_SIMULATOR_TOKEN: 'exercise' });
    expect(await once(child, 'message')).toEqual([{ ready: {} }, undefined]);
    await city.until(() => city.heard.length > 0);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends by SIGTERM', async () => {
    const { city, url } = await farSide();
    const child = launch({ GATEWAY_URL: url, SIAGA_SIMULATOR_TOKEN: 'exercise' });
    await city.until(() => city.heard.length > 0);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('refuses a wrong configuration with one sentence', async () => {
    const child = launch({ SPEED: 'fast' });
    const said = text(child.stderr!);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await said).toMatch(
      /^simulator: configuration does not fit:\n {2}SIAGA_SIMULATOR_TOKEN: .*\n {2}SPEED: .*\n$/,
    );
  });
});
