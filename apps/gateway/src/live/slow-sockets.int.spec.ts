import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEvent, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import { FixRecorded, wasteFixes } from '@siaga/contracts';
import { signToken, type Principal, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { WebSocket } from 'ws';
import { GatewayConfig } from '../config.ts';
import { startGateway } from '../gateway.module.ts';

const [city = ''] = randomCities(1);
const secret = 'a secret of at least thirty-two characters';
const viewer: Principal = { id: 'viewer', kind: 'person', city, agencies: [], roles: ['viewer'], exercise: false };
let engine: TestEngine;
let log: EventLog;
let gateway: RunningService;

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  await log.ensure([topicSettings(city, wasteFixes)]);
  gateway = await startGateway(
    GatewayConfig.parse({ SIAGA_CITY: city, PORT: '0', SIAGA_SECRET: secret, SIAGA_LOCAL_OPERATOR: 'true' }),
    await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
  );
  await eventually(async () => {
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  });
});
afterAll(async () => {
  await gateway.close();
  await log.close();
  await engine.close();
});

/** A screen that speaks the protocol by hand, so that a test can stop reading or say nonsense. */
class RawScreen {
  readonly heard: string[] = [];
  frames = 0;
  answers: string[] = [];
  socket: WebSocket;
  #position = '';

  private constructor() {
    this.socket = this.#connect();
  }

  static async open(): Promise<RawScreen> {
    const screen = new RawScreen();
    await screen.#join();
    return screen;
  }

  subscribe() {
    const since = this.#position === '' ? {} : { since: this.#position };
    this.socket.send(`42/live,0${JSON.stringify(['subscribe', { streams: [wasteFixes.name], ...since }])}`);
  }

  /** Reads again; on a busy machine it may have been cut meanwhile, and then it comes back where it was. */
  async wake() {
    this.socket.resume();
    this.socket.once('close', () => void this.#comeBack());
    if (this.socket.readyState === WebSocket.CLOSED) await this.#comeBack();
  }

  end() {
    this.socket.removeAllListeners('close');
    this.socket.terminate();
  }

  async #comeBack() {
    this.answers = [];
    this.socket = this.#connect();
    await this.#join();
    this.subscribe();
  }

  #connect(): WebSocket {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const text = (data as Buffer).toString();
      if (text === '2') socket.send('3');
      else if (text.startsWith('42/live,["frame"')) this.#take(text);
      else this.answers.push(text);
    });
    return socket;
  }

  async #join() {
    await once(this.socket, 'open');
    this.socket.send('40/live,{}');
    await eventually(() => {
      expect(this.answers.join()).toContain('40/live,{"sid"');
    });
  }

  #take(text: string) {
    this.frames += 1;
    this.#position = /"position":"([^"]+)"/.exec(text)?.[1] ?? this.#position;
    for (const [, fixId = ''] of text.matchAll(/"fixId":"([^"]+)"/g)) this.heard.push(fixId);
  }
}

const metric = async (name: string) => {
  const authorization = `Bearer ${await signToken(viewer, secret, '1m')}`;
  const text = await (await fetch(`${gateway.url}/metrics`, { headers: { authorization } })).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(name));
  return Number(line?.split(' ').at(-1));
};

let count = 0;
const publishFixes = async (many: number) => {
  const alarms = Array.from({ length: 10 }, () => 'x'.repeat(40));
  const fixes = Array.from({ length: many }, () => {
    count += 1;
    const atMs = Date.now();
    return {
      ...{ fixId: `f${count}`, truckId: 'T1', protocol: 'osmand' as const, deviceId: '1', atMs, receivedAtMs: atMs },
      ...{ lat: -7.7, lng: 113.2, alarms },
    };
  });
  const records = fixes.map((fix) => encodeEvent(FixRecorded, fix, { city, source: 'test', exercise: false }));
  await log.append(topicOf(city, wasteFixes), records);
};
const all = () => Array.from({ length: count }, (_, index) => `f${index + 1}`);

describe('a hundred stalled screens among two hundred', () => {
  it('have no queue, keep nobody else waiting, and get everything once they read again', async () => {
    const screens = await Promise.all(Array.from({ length: 200 }, () => RawScreen.open()));
    for (const screen of screens) screen.subscribe();
    await eventually(() => {
      for (const { frames } of screens) expect(frames).toBeGreaterThan(0);
    });
    const stalled = screens.slice(0, 100);
    const reading = screens.slice(100);
    for (const { socket } of stalled) socket.pause();
    // fills what the kernel takes for a socket that does not read
    for (let batch = 0; batch < 100 && (await metric('siaga_live_screens_waiting{')) < 100; batch += 1)
      await publishFixes(200);
    expect(await metric('siaga_live_screens_waiting{')).toBe(100);
    await publishFixes(500);
    await eventually(() => {
      for (const { heard } of reading) expect(heard).toHaveLength(count);
    }, 30_000);
    // nothing of the stream: where all this took longer than ten seconds, engine.io's one ping
    expect(await metric('siaga_live_queued_packets')).toBeLessThanOrEqual(stalled.length);
    for (const { heard } of reading) expect(heard).toEqual(all());

    const forgotten = stalled.pop();
    await Promise.all(stalled.map((screen) => screen.wake()));
    await eventually(() => {
      for (const { heard } of stalled) expect(heard).toHaveLength(count);
    }, 30_000);
    for (const { heard } of stalled) expect(heard).toEqual(all());

    // whoever takes nothing for ten seconds is cut, so that it can come back
    await eventually(async () => {
      expect(await metric('siaga_live_screens{')).toBe(199);
    }, 20_000);
    for (const screen of [...reading, ...stalled]) screen.end();
    forgotten?.end();
    await eventually(async () => {
      expect(await metric('siaga_live_screens{')).toBe(0);
    });
  }, 120_000);
});

describe('nonsense on the socket', () => {
  const problems: [string, string][] = [
    ['42/live,7["subscribe",{"streams":"all"}]', 'streams'],
    ['42/live,7["subscribe"]', 'subscribe'],
    ['42/live,7["subscribe",{"streams":["waste.secrets"]}]', 'there is no stream waste.secrets'],
    ['42/live,7["subscribe",{"area":{"south":1,"north":0,"west":0,"east":0}}]', 'area'],
    ['42/live,7["track",{"area":{"__proto__":{},"south":"a"}}]', 'area'],
    ['42/live,7["track",{"area":null}]', 'subscribe before'],
    ['42/live,7["become-admin",{"$where":"1"}]', 'there is no message become-admin'],
  ];
  it.each(problems)('%s is answered with what is wrong', async (message, expected) => {
    const screen = await RawScreen.open();
    screen.socket.send(message);
    await eventually(() => {
      const answer = screen.answers.find((text) => text.startsWith('43/live,7')) ?? '';
      expect(answer).toContain('"status":4');
      expect(answer).toContain(expected);
    });
    screen.socket.terminate();
  });

  it.each([
    '42/live,[',
    '4',
    '99999',
    '451-/live,["x",{"_placeholder":true,"num":0}]',
    `42/live,["x","${'y'.repeat(100_000)}"]`,
  ])('a broken packet closes that connection and no other (%#)', async (message) => {
    const good = await RawScreen.open();
    good.subscribe();
    const screen = await RawScreen.open();
    for (const part of [message, message, message]) screen.socket.send(part);
    screen.socket.send(Buffer.from([1, 2, 3]));
    await once(screen.socket, 'close');
    const before = good.frames;
    await eventually(() => {
      expect(good.frames).toBeGreaterThan(before);
    });
    good.socket.terminate();
  });

  it('a socket that subscribes again and again is cut', async () => {
    const screen = await RawScreen.open();
    const closed = once(screen.socket, 'close');
    for (let time = 0; time < 12; time += 1) screen.subscribe();
    await closed;
    expect(screen.socket.readyState).toBe(WebSocket.CLOSED);
  });

  it.each([
    ['a number', '5'],
    ['a large number', '1e9'],
    ['no message of ours', '"shutdown"'],
    ['a long one', JSON.stringify('x'.repeat(5000))],
  ])('a message whose name is %s is refused in words, and the screen goes on', async (_, name) => {
    const screen = await RawScreen.open();
    screen.socket.send(`42/live,[${name}]`);
    screen.socket.send(`42/live,8[${name},{}]`);
    await eventually(() => {
      expect(screen.answers.find((answer) => answer.startsWith('43/live,8'))).toMatch(
        /"type":"urn:siaga:fault:invalid".*send subscribe or track/,
      );
    });
    screen.subscribe();
    await eventually(() => {
      expect(screen.frames).toBeGreaterThan(0);
    });
    screen.socket.terminate();
  });

  it('a position that cannot be read is answered with a snapshot', async () => {
    const screen = await RawScreen.open();
    screen.socket.send('42/live,7["subscribe",{"since":"1~~~~~~~;;::,,"}]');
    await eventually(() => {
      expect(screen.answers.join()).toContain('"recovered":false');
      expect(screen.frames).toBeGreaterThan(0);
    });
    screen.socket.terminate();
  });

  it('a page of another origin is refused, ours is not', async () => {
    const from = async (origin: string) => {
      const url = `${gateway.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
      const socket = new WebSocket(url, { origin });
      const what = await new Promise((resolve) => {
        socket.on('open', () => resolve('open'));
        socket.on('error', () => resolve('refused'));
      });
      socket.terminate();
      return what;
    };
    expect(await from('https://evil.example')).toBe('refused');
    expect(await from(gateway.url)).toBe('open');
  });
});
