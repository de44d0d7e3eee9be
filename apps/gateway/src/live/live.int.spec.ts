import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEvent, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import { FixRecorded, TruckMoved, wasteFixes, wastePositions, type AnyEvent, type DataOf } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { signToken, type Principal, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { GatewayConfig } from '../config.ts';
import { startGateway } from '../gateway.module.ts';

const [city = ''] = randomCities(1);
const streams = [wasteFixes.name, wastePositions.name];
const origin = { city, source: 'test', exercise: false };

let engine: TestEngine;
let log: EventLog;
let seed = 1;
/** A small generator, so that a failing run can be repeated. */
const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;

const openLog = () => openEventLog({ SIAGA_ENGINE: engine.logSocket });
const aGateway = async (): Promise<RunningService> =>
  startGateway(GatewayConfig.parse({ SIAGA_CITY: city, PORT: '0' }), await openLog());
const isReady = async (gateway: RunningService) => {
  expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
};
const publish = <Event extends AnyEvent>(event: Event, data: readonly DataOf<Event>[]) =>
  log.append(
    topicOf(city, event.stream),
    data.map((one) => encodeEvent(event, one, origin)),
  );

let atMs = Date.now();
const report = (truck: number) => {
  atMs += 1;
  const truckId = `T${truck}`;
  const place = { lat: -7.7 - random(100) / 1000, lng: 113.2, protocol: 'osmand' as const };
  return {
    fix: { ...place, fixId: `${truckId}@${atMs}`, truckId, deviceId: '1', atMs, receivedAtMs: atMs, alarms: [] },
    moved: { ...place, truckId, atMs },
  };
};

/** What a screen has been told of every fix, and shows of every truck. */
class Watcher {
  readonly live: Live;
  readonly heard: string[] = [];
  backward = 0;
  readonly #newest = new Map<string, number>();

  constructor(url: string) {
    this.live = createLive({ url, streams });
    this.live.every(FixRecorded, ({ fixId }) => this.heard.push(fixId));
    const trucks = this.live.latest(TruckMoved);
    trucks.subscribe(() => {
      for (const [key, { atMs: at }] of trucks.get()) {
        if (at < (this.#newest.get(key) ?? 0)) this.backward += 1;
        this.#newest.set(key, at);
      }
    });
  }

  isLive() {
    expect(this.live.status.get().state).toBe('live');
  }

  heardOf(truckId: string) {
    return this.heard.filter((fixId) => fixId.startsWith(`${truckId}@`));
  }

  shown() {
    return Object.fromEntries([...this.live.latest(TruckMoved).get()].map(([key, { data }]) => [key, data.atMs]));
  }
}

/** A bad network in front of gateways: each connection goes to one of them, and may be cut at any moment. */
class BadNetwork {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly ports: number[];

  constructor(gateways: readonly RunningService[]) {
    this.ports = gateways.map(({ url }) => Number(new URL(url).port));
    this.#server = createServer((near) => {
      const far = connect(this.ports[random(this.ports.length)]!, '127.0.0.1');
      near.on('error', () => undefined).on('close', () => far.destroy());
      far.on('error', () => undefined).on('close', () => near.destroy());
      near.pipe(far).pipe(near);
      this.#open.add(near);
      near.on('close', () => this.#open.delete(near));
    });
  }

  async url(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cutSome(count: number) {
    const open = [...this.#open];
    for (let cut = 0; cut < count && open.length > 0; cut += 1) open[random(open.length)]!.destroy();
  }

  close() {
    this.#server.close();
    this.cutSome(1000);
    for (const socket of this.#open) socket.destroy();
  }
}

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openLog();
  await log.ensure([wasteFixes, wastePositions].map((stream) => topicSettings(city, stream)));
});
afterAll(async () => {
  await log.close();
  await engine.close();
});

describe('fifty screens on a bad network, two gateways, one of which ends', () => {
  it('hear every event once, in order, and show the newest values, never backward', async () => {
    const gateways = [await aGateway(), await aGateway()];
    for (const gateway of gateways) await eventually(() => isReady(gateway));
    const network = new BadNetwork(gateways);
    const url = await network.url();
    const watchers = Array.from({ length: 50 }, () => new Watcher(url));
    await eventually(() => watchers.forEach((watcher) => watcher.isLive()));
    const fixes: string[] = [];
    const newest: Record<string, number> = {};
    for (let round = 0; round < 150; round += 1) {
      const reports = Array.from({ length: 1 + random(8) }, () => report(random(15)));
      await publish(
        FixRecorded,
        reports.map(({ fix }) => fix),
      );
      await publish(
        TruckMoved,
        reports.map(({ moved }) => moved),
      );
      for (const { fix } of reports) {
        fixes.push(fix.fixId);
        newest[fix.truckId] = fix.atMs;
      }
      // a relay that was interrupted sends the same once more
      if (random(4) === 0) await publish(FixRecorded, [reports[0]!.fix]);
      network.cutSome(random(8));
      if (round === 75) {
        network.ports.shift();
        await gateways[0]!.close();
      }
    }
    await eventually(() => {
      for (const watcher of watchers) expect(watcher.heard).toHaveLength(fixes.length);
    }, 20_000);
    for (const watcher of watchers) {
      for (const truckId of Object.keys(newest))
        expect(watcher.heardOf(truckId)).toEqual(fixes.filter((fixId) => fixId.startsWith(`${truckId}@`)));
      expect(watcher.backward).toBe(0);
    }
    await eventually(() => {
      for (const watcher of watchers) expect(watcher.shown()).toEqual(newest);
    });
    for (const watcher of watchers) watcher.live.close();
    network.close();
    await gateways[1]!.close();
  }, 90_000);
});

describe('a screen that comes back', () => {
  it('is told how long it was away and how many events were filled in', async () => {
    const gateway = await aGateway();
    await eventually(() => isReady(gateway));
    const network = new BadNetwork([gateway]);
    const watcher = new Watcher(await network.url());
    await eventually(() => watcher.isLive());
    network.ports[0] = 1; // nobody listens there
    network.cutSome(1);
    await eventually(() => expect(watcher.live.status.get().state).toBe('lost'));
    const missed = Array.from({ length: 7 }, () => report(1).fix);
    await publish(FixRecorded, missed);
    network.ports[0] = Number(new URL(gateway.url).port);
    await eventually(() => expect(watcher.heard).toEqual(missed.map(({ fixId }) => fixId)));
    const status = watcher.live.status.get();
    expect(status).toMatchObject({ state: 'live', missed: { every: 7, filled: true } });
    expect(Math.abs(status.serverNowMs() - Date.now())).toBeLessThan(1000);
    watcher.live.close();
    network.close();
    await gateway.close();
  });
});

describe('a screen of somebody', () => {
  const secret = 'a secret of at least thirty-two characters';
  const who: Principal = {
    ...{ id: 'p1', kind: 'person', city, agencies: ['polres'], roles: ['viewer'], exercise: false },
  };

  it('needs a token, is told so, and sees what its agencies may see', async () => {
    const config = GatewayConfig.parse({ SIAGA_CITY: city, PORT: '0', SIAGA_SECRET: secret });
    const gateway = await startGateway(config, await openLog());
    await eventually(() => isReady(gateway));
    await publish(TruckMoved, [report(3).moved]);
    const nobody = createLive({ url: gateway.url });
    const police = createLive({ url: gateway.url, token: () => signToken(who, secret, '1m') });
    const wasteDesk = createLive({
      url: gateway.url,
      token: () => signToken({ ...who, agencies: ['dlh'] }, secret, '1m'),
    });
    await eventually(() => {
      expect(nobody.status.get()).toMatchObject({
        state: 'signed-out',
        reason: expect.stringContaining('access token'),
      });
      expect(wasteDesk.latest(TruckMoved).get().size).toBeGreaterThan(0);
      expect(police.status.get()).toMatchObject({ state: 'live' });
    });
    expect(police.latest(TruckMoved).get().size).toBe(0);
    for (const live of [nobody, police, wasteDesk]) live.close();
    await gateway.close();
  });

  it('sees no longer than its token says, and comes again by itself with a fresh one', async () => {
    const config = GatewayConfig.parse({ SIAGA_CITY: city, PORT: '0', SIAGA_SECRET: secret });
    const gateway = await startGateway(config, await openLog());
    await eventually(() => isReady(gateway));
    let given = 0;
    const token = () => signToken(who, secret, (given += 1) === 1 ? '2s' : '1m');
    const live = createLive({ url: gateway.url, token });
    const states: string[] = [];
    live.status.subscribe(() => states.push(live.status.get().state));
    await eventually(() => {
      expect(states).toContain('lost');
      expect(live.status.get().state).toBe('live');
    }, 15_000);
    expect(given).toBe(2);
    live.close();
    await gateway.close();
  }, 20_000);
});
