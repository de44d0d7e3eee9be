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

/** Starts the engine from source in a child process on an empty data folder. */
export async function startEngineProcess(): Promise<EngineProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'siaga-engine-'));
  let { child, ready } = await started(dataDir);
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
      ({ child, ready } = await started(dataDir));
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

async function started(dataDir: string): Promise<{ child: ChildProcess; ready: Ready }> {
  const child = fork(script, {
    execArgv: ['--disable-warning=ExperimentalWarning', '--conditions=siaga-source'],
    env: { ...process.env, NODE_OPTIONS: '', SIAGA_DATA: dataDir },
  });
  const [message] = (await once(child, 'message')) as [{ ready?: Ready; refused?: string }];
  if (message.ready === undefined) throw new Error(message.refused ?? 'the engine did not start');
  return { child, ready: message.ready };
}
