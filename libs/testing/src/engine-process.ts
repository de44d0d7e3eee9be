import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const script = path.resolve(import.meta.dirname, '../../engine/src/main.ts');

/** The engine as a process of its own, to be killed. Its addresses stay the same across {@link restart}. */
export interface EngineProcess {
  readonly logSocket: string;
  readonly mongoUri: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Ends it as a power cut does. */
  kill9(): Promise<void>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  /** Ends it cleanly and removes its data. */
  stop(): Promise<void>;
}

/** Starts the engine from source in a child process, on an empty data folder unless one is given; `silent` keeps what it says of failing disks to itself. */
export async function startEngineProcess(
  options: { dataDir?: string; env?: Readonly<Record<string, string>>; silent?: boolean } = {},
): Promise<EngineProcess> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'siaga-engine-')));
  const silent = options.silent ?? false;
  const env = { ...process.env, NODE_OPTIONS: '', ...options.env, SIAGA_DATA: dataDir };
  let { child, ready } = await started(env, silent);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    get logSocket() {
      return ready.logSocket;
    },
    get mongoUri() {
      return ready.mongoUri;
    },
    get pid() {
      return child.pid ?? 0;
    },
    dataDir,
    kill9: () => end('SIGKILL'),
    restart: async () => {
      ({ child, ready } = await started(env, silent));
    },
    stop: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

interface Ready {
  logSocket: string;
  mongoUri: string;
}

async function started(env: NodeJS.ProcessEnv, silent: boolean): Promise<{ child: ChildProcess; ready: Ready }> {
  const child = fork(script, {
    execArgv: ['--disable-warning=ExperimentalWarning', '--conditions=siaga-source'],
    env,
    ...(silent ? { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] } : {}),
  });
  const ended = once(child, 'exit').then(() => [{ refused: 'the engine ended before it was ready' }]);
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ ready?: Ready; refused?: string }];
  if (message.ready === undefined) throw new Error(message.refused ?? 'the engine did not start');
  return { child, ready: message.ready };
}
