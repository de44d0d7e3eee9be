import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';
import { startFaultProxy, type Endpoint, type FaultProxy } from './fault-proxy.ts';

const unix = { socketPath: path.join(tmpdir(), `siaga-echo-${String(process.pid)}.sock`) };

describe.each([
  ['TCP', { port: 0 }, 'ECONNRESET'],
  ['a Unix socket', unix, undefined],
] as const)('a fault proxy over %s', (_, listenAt, resetCode) => {
  let server: Server;
  let proxy: FaultProxy;
  /** What the server was sent, whether or not its answer arrived. */
  let asked: string;
  let clients: Socket[];

  beforeEach(async () => {
    asked = '';
    clients = [];
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        asked += chunk.toString();
        socket.write(chunk.toString().toUpperCase());
      });
    });
    server.listen('port' in listenAt ? listenAt : { path: listenAt.socketPath });
    await once(server, 'listening');
    const address = server.address();
    const target: Endpoint = typeof address === 'object' && address !== null ? { port: address.port } : unix;
    proxy = await startFaultProxy({ target });
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await proxy.close();
    server.close();
  });

  /** A client that keeps what it was told and how its connection ended. */
  const client = async () => {
    const [host = '', port] = proxy.address.split(':');
    const socket = connect(port === undefined ? { path: host } : { host, port: Number(port) });
    clients.push(socket);
    const heard = { text: '', closed: false, code: undefined as string | undefined };
    socket.on('data', (chunk) => (heard.text += chunk.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => (heard.code = error.code));
    socket.on('close', () => (heard.closed = true));
    await once(socket, 'connect');
    return { socket, heard, say: (text: string) => socket.write(text) };
  };
  const hears = (one: Awaited<ReturnType<typeof client>>, text: string) =>
    eventually(() => expect(one.heard.text).toBe(text));
  const isReset = (one: Awaited<ReturnType<typeof client>>) =>
    eventually(() => expect(one.heard).toMatchObject({ closed: true, code: resetCode }));

  it('lets everything through, ends too', async () => {
    const one = await client();
    const large = 'x'.repeat(3_000_000);
    one.say(large);
    one.socket.end();
    await eventually(() => expect(one.heard.closed).toBe(true));
    expect(one.heard.text === large.toUpperCase()).toBe(true);
  });

  it('delays both directions and keeps the order', async () => {
    const one = await client();
    proxy.delay(60);
    const since = performance.now();
    for (const word of ['a', 'b', 'c']) {
      one.say(word);
      await turn();
    }
    await hears(one, 'ABC');
    expect(performance.now() - since).toBeGreaterThanOrEqual(119);
  });

  it('resets those there are and those who come, until it passes', async () => {
    const there = await client();
    there.say('a');
    await hears(there, 'A');
    proxy.reset();
    await isReset(there);
    const late = await client().catch((error: unknown) => error);
    if (!(late instanceof Error)) await isReset(late as Awaited<ReturnType<typeof client>>);
    proxy.pass();
    const after = await client();
    after.say('b');
    await hears(after, 'B');
  });

  it('swallows everything in a black hole, and resets what lost something when it is over', async () => {
    const [busy, idle] = [await client(), await client()];
    busy.say('a');
    idle.say('i');
    await hears(busy, 'A');
    await hears(idle, 'I');
    proxy.blackhole();
    const fresh = await client();
    busy.say('b');
    fresh.say('c');
    const marked = new Promise<void>((resolve) => {
      const end = proxy.onRequest((chunk) => {
        if (chunk.toString() !== 'c') return;
        end();
        resolve();
      });
    });
    await marked;
    expect([asked, busy.heard.closed, fresh.heard.closed]).toEqual(['ai', false, false]);
    proxy.pass();
    await Promise.all([isReset(busy), isReset(fresh)]);
    idle.say('d');
    await hears(idle, 'ID');
  });

  it('drops replies only', async () => {
    const one = await client();
    one.say('a');
    await hears(one, 'A');
    proxy.dropReplies();
    let dropped = '';
    proxy.onReply((chunk) => (dropped += chunk.toString()));
    one.say('b');
    await eventually(() => expect(dropped).toBe('B'));
    expect([asked, one.heard.text]).toEqual(['ab', 'A']);
    proxy.pass();
    await isReset(one);
  });

  it('lets a test act on the very piece it watches for', async () => {
    const one = await client();
    const end = proxy.onReply(() => {
      end();
      proxy.cut();
    });
    one.say('a');
    await isReset(one);
    expect([asked, one.heard.text]).toEqual(['a', '']);
    const next = await client();
    next.say('b');
    await hears(next, 'B');
  });

  it('resets a client whose server is not there', async () => {
    server.close();
    await once(server, 'close');
    const one = await client();
    await isReset(one);
  });
});
