import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const script = path.resolve(import.meta.dirname, '../../../dist/apps/city/main.js');

/** A whole city in processes of its own, from the build: what `npm start` starts. */
export interface TestCity {
  url: string;
  dataDir: string;
  /** What it told the person at the terminal, up to now; the last 20,000 characters. */
  printed(): string;
  /** Process ids by app, asked anew each time, because a killed app comes back under another id. */
  pids(): Promise<Record<string, number>>;
  /** Where its embedded log listens, as the city writes it down. */
  logSocket(): Promise<string>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends the supervisor as a power cut does; its children end by themselves. The data stays. */
  kill9(): Promise<void>;
  /** Removes the data folder. */
  remove(): Promise<void>;
}

/** Why a city did not start: the sentence it gave. */
export class CityRefused extends Error {
  override readonly name = 'CityRefused';
}

/** Tests and measurements press from one address as fast as a loopback can: without these, where limits are not their subject. */
const withoutLimits = {
  CALLS_PER_SECOND: '0',
  CALLS_PER_SECOND_OF_ADDRESS: '0',
  REPORTS_PER_SECOND_OF_ADDRESS: '0',
  POSITIONS_PER_SECOND_OF_DEVICE: '0',
  STRANGERS_PER_SECOND_OF_ADDRESS: '0',
};

/** Starts a city on a free port and its own data folder; `args` like those after `npm start --`. Rates are not limited unless `limits`. */
export async function startTestCity(
  options: {
    args?: readonly string[];
    dataDir?: string;
    env?: Readonly<Record<string, string>>;
    limits?: boolean;
  } = {},
): Promise<TestCity> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'siaga-city-')));
  const child = fork(script, options.args ?? ['--no-simulator'], {
    env: {
      ...{ ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'fatal', PORT: '0', MQTT_PORT: '0' },
      ...(options.limits === true ? {} : withoutLimits),
      ...options.env,
      SIAGA_DATA: dataDir,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed = listen(child);
  const url = await readyUrl(child, printed);
  return {
    url,
    dataDir,
    printed,
    pids: () => askPids(child),
    logSocket: () => recordedSocket(dataDir),
    stop: () => end(child, 'SIGTERM'),
    kill9: () => end(child, 'SIGKILL'),
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

function listen(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-20_000)));
  return () => said;
}

function readyUrl(child: ChildProcess, printed: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const { ready, refused } = message as { ready?: { url: string }; refused?: string };
      if (ready !== undefined) resolve(ready.url);
      if (refused !== undefined) reject(new CityRefused(refused));
    });
    child.once('exit', (code) => reject(new CityRefused(`ended with ${String(code)}: ${printed()}`)));
  });
}

function askPids(child: ChildProcess): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    const listen = (message: unknown) => {
      const { pids } = message as { pids?: Record<string, number> };
      if (pids === undefined) return;
      child.off('message', listen);
      child.off('exit', gone);
      resolve(pids);
    };
    const gone = () => reject(new Error('the city has ended'));
    child.on('message', listen);
    child.once('exit', gone);
    child.send('pids', (error) => {
      if (error !== null) reject(error);
    });
  });
}

async function recordedSocket(dataDir: string): Promise<string> {
  const record = JSON.parse(await readFile(path.join(dataDir, 'running.json'), 'utf8')) as { logSocket?: string };
  if (record.logSocket === undefined) throw new Error('this city keeps its log elsewhere');
  return record.logSocket;
}

function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
