import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEvent, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import { AccountLive, createClient, FixRecorded, wasteFixes, type Agency, type Frame } from '@siaga/contracts';
import { Applied, createLive, SessionAccount, type Live } from '@siaga/live';
import { signToken, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { io, type Socket } from 'socket.io-client';
import { GatewayConfig } from '../../apps/gateway/src/config.ts';
import { startGateway } from '../../apps/gateway/src/gateway.module.ts';

// Was anything missed? Screens with planted losses, real sockets, a real log: the account names exactly what was lost.

const [city = ''] = randomCities(1);
const secret = 'a secret of at least thirty-two characters';
let engine: TestEngine;
let log: EventLog;
let gateway: RunningService;
let count = 0;

const tokenOf = (agency: Agency) =>
  signToken({ id: agency, kind: 'person', city, agencies: [agency], roles: ['viewer'], exercise: false }, secret, '1h');
const aGateway = async (PORT = '0') =>
  startGateway(
    GatewayConfig.parse({ SIAGA_CITY: city, PORT, SIAGA_SECRET: secret }),
    await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
  );

const publish = (ids: readonly string[]) =>
  log.append(
    topicOf(city, wasteFixes),
    ids.map((fixId, index) => {
      const truckId = `T${String(index % 7)}`;
      const atMs = Date.now();
      const data = {
        fixId,
        truckId,
        deviceId: '1',
        atMs,
        receivedAtMs: atMs,
        lat: 0,
        lng: 0,
        protocol: 'osmand' as const,
      };
      return encodeEvent(FixRecorded, { ...data, alarms: [] }, { city, source: 'test', exercise: false, id: fixId });
    }),
  );
/** So many new events in the log; their ids. */
const happen = async (events: number) => {
  const ids = Array.from({ length: events }, () => `fix-${String((count += 1))}`);
  await publish(ids);
  return ids;
};

/** A client that loses what it is told to lose. */
class LossyScreen {
  readonly applied = new Applied();
  readonly account = new SessionAccount({
    ask: async (body) => createClient({ baseUrl: gateway.url, token: await tokenOf('command') })(AccountLive, { body }),
    has: (id) => this.applied.has(id),
  });
  lose: ReadonlySet<string> = new Set();
  #socket: Socket | undefined;

  async connect(): Promise<void> {
    this.#socket = io(`${gateway.url}/live`, {
      transports: ['websocket'],
      forceNew: true,
      auth: { token: await tokenOf('command') },
    });
    this.#socket.on('connect', () => this.#socket?.emit('subscribe', { streams: [wasteFixes.name] }));
    this.#socket.on('frame', (frame: Frame) => {
      const every = frame.every.filter(([, , , id]) => !this.lose.has(id));
      this.account.applied(frame.position, frame.at, this.applied.apply({ ...frame, every }).every.length);
    });
    const before = this.applied.position;
    await eventually(() => expect(this.applied.position).not.toBe(before));
  }

  cut(): void {
    this.#socket?.disconnect();
  }
}

const accountWhen = async (live: { account: Pick<Live['account'], 'check'> }, inLog: number) =>
  eventually(async () => {
    const account = await live.account.check();
    expect(account.inLog).toBe(inLog);
    return account;
  });

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  await log.ensure([topicSettings(city, wasteFixes)]);
  gateway = await aGateway();
});
afterAll(async () => {
  await gateway.close();
  await log.close();
  await engine.close();
});

describe('the account of a screen', () => {
  it('names what was lost on the way to it, and only that', async () => {
    const before = await happen(50);
    const screen = new LossyScreen();
    await screen.connect();
    const ids = await happen(2500);
    await publish([...ids.slice(0, 10), ...before.slice(0, 10)]); // repeats
    expect(await accountWhen(screen, 2500)).toMatchObject({ applied: 2500, missed: [], complete: true });
    const lost = await happen(0).then(() => [`fix-${String(count + 3)}`, `fix-${String(count + 4)}`]);
    screen.lose = new Set(lost);
    await happen(20);
    const account = await accountWhen(screen, 2520);
    expect({ ...account, missed: account.missed.toSorted() }).toMatchObject({ applied: 2518, missed: lost });
    screen.cut();
  });

  it('names what happened while it was cut and did not resume', async () => {
    const screen = new LossyScreen();
    await screen.connect();
    await happen(5);
    await accountWhen(screen, 5);
    screen.cut();
    const unseen = await happen(3);
    await screen.connect();
    const account = await accountWhen(screen, 8);
    expect({ ...account, missed: account.missed.toSorted() }).toMatchObject({ applied: 5, missed: unseen.toSorted() });
    screen.cut();
  });

  it('names nothing when our client comes back after the gateway was away', async () => {
    const live = createLive({ url: gateway.url, token: () => tokenOf('command'), streams: [wasteFixes.name] });
    await eventually(() => expect(live.status.get().state).toBe('live'));
    let told = 0;
    const end = live.account.subscribe(() => (told += 1));
    await happen(100);
    await accountWhen(live, 100);
    for (let round = 0; round < 2; round += 1) {
      const { port } = new URL(gateway.url);
      await gateway.close();
      await happen(300);
      gateway = await aGateway(port);
      await happen(100);
    }
    expect(await accountWhen(live, 900)).toMatchObject({ applied: 900, missed: [], complete: true });
    expect(told).toBeGreaterThan(0);
    end();
    live.close();
  }, 30_000);

  it('is told to nobody else, and of nothing but this log', async () => {
    const screen = new LossyScreen();
    await screen.connect();
    const from = screen.applied.position ?? '';
    await happen(3);
    await accountWhen(screen, 3);
    const to = screen.applied.position ?? '';
    screen.cut();
    const ask = async (body: { from: string; to: string }, agency: Agency = 'command') =>
      createClient({ baseUrl: gateway.url, token: await tokenOf(agency) })(AccountLive, { body });
    expect((await ask({ from, to })).ids).toHaveLength(3);
    const refusals: [body: { from: string; to: string }, kind: string, agency?: Agency][] = [
      [{ from, to: 'nonsense' }, 'invalid'],
      [{ from: to, to: from }, 'invalid'],
      [{ from, to }, 'conflict', 'dlh'],
      [{ from, to: to.replace(/:(\w+),/, ':zzzz,') }, 'conflict'],
      [{ from, to: to.replace(/~(\w{5}):/, '~other:') }, 'conflict'],
    ];
    for (const [body, kind, agency] of refusals) await expect(ask(body, agency)).rejects.toMatchObject({ kind });
  });
});
