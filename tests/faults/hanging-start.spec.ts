import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  eventually,
  randomCities,
  startFaultProxy,
  startTestEngine,
  type FaultProxy,
  type TestEngine,
} from '@siaga/testing';

/** Longer than any request waits for the engine. */
const HANGS_MS = 10_000;

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.close());

/** Swallows everything from the so-manieth piece of a request on; 0: from the first moment. */
function hangsAt(proxy: FaultProxy, piece: number): Promise<void> {
  if (piece === 0) proxy.blackhole();
  let left = piece;
  return new Promise((resolve) => {
    const stop = proxy.onRequest(() => {
      left -= 1;
      if (left > 0) return;
      proxy.blackhole();
      stop();
      resolve();
    });
  });
}

function start(app: string, engineSocket: string): { child: ChildProcess; said: () => string } {
  const [city = ''] = randomCities(1);
  const script = path.resolve(import.meta.dirname, `../../dist/apps/${app}/main.js`);
  const child = fork(script, [], {
    env: {
      ...{ ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'warn', PORT: '0', SIAGA_CITY: city },
      ...{ SIAGA_ENGINE: engineSocket, MONGODB_URI: engine.mongoUri },
      SIAGA_SECRET: 'a secret of at least thirty-two characters',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return { child, said: () => said };
}

/** What a process said of itself in the end, once the engine had hung from that moment on and answered again. */
async function startWhileHanging(app: string, piece: number): Promise<unknown> {
  const proxy = await startFaultProxy({ target: { socketPath: engine.logSocket } });
  const hanging = hangsAt(proxy, piece);
  const { child, said } = start(app, proxy.address);
  const exited = once(child, 'exit');
  const told = Promise.race([once(child, 'message'), exited]);
  try {
    await Promise.race([hanging, exited]);
    await wait(HANGS_MS); // the fault itself
    proxy.pass();
    const [message] = (await told) as [{ ready?: { url: string } }];
    const url = message.ready?.url;
    if (url === undefined) return { message, said: said() };
    await eventually(async () => {
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    }, 20_000);
    return /unhandled/i.test(said()) ? said() : 'ready';
  } finally {
    if (child.exitCode === null) child.kill('SIGTERM');
    await exited;
    await proxy.close();
  }
}

it.concurrent.each([
  ['waste', [0, 1, 2, 4, 10]],
  ['identity', [0, 1, 4]],
  ['alarms', [0, 1, 4]],
  ['gateway', [0, 1, 3]],
])(
  '%s waits for an engine that hangs at any moment of its start',
  async (app, pieces) => {
    const outcomes = await Promise.all(pieces.map((piece) => startWhileHanging(app, piece)));
    expect(outcomes).toEqual(pieces.map(() => 'ready'));
  },
  120_000,
);
