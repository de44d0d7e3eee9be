import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signToken, type Principal } from '@siaga/service';

const built = (app: string) => path.resolve(import.meta.dirname, '../../dist/apps', app, 'main.js');

const secret = 'a secret of at least thirty-two characters';
const scraper: Principal = {
  ...{ id: 'bench', kind: 'service', city: '3574', agencies: [], roles: ['viewer'], exercise: false },
};

/** A log and a gateway from the build, each in its process, and nothing else: what only concerns screens is measured here. */
export interface Stage {
  url: string;
  gatewayPid: number;
  logSocket: string;
  /** What the gateway counts under this name, over all labels. */
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'siaga-bench-'));
  const engine = await started(built('engine'), { SIAGA_DATA: dataDir });
  const { logSocket = '' } = engine.ready;
  const gateway = await started(built('gateway'), {
    SIAGA_ENGINE: logSocket,
    SIAGA_SECRET: secret,
    SIAGA_LOCAL_OPERATOR: 'true',
    PORT: '0',
  });
  const { url = '' } = gateway.ready;
  while (!(await fetch(`${url}/health/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url,
    gatewayPid: gateway.child.pid ?? 0,
    logSocket,
    metric: (name) => metricAt(url, name),
    stop: async () => {
      await end(gateway.child);
      await end(engine.child);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function metricAt(url: string, name: string): Promise<number> {
  const authorization = `Bearer ${await signToken(scraper, secret, '1m')}`;
  const page = await (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
  const lines = page.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  if (lines.length === 0) throw new Error(`the gateway counts no ${name}`);
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

interface Started {
  child: ChildProcess;
  /** What it says of itself. */
  ready: Partial<Record<'logSocket' | 'url', string>>;
}

async function started(script: string, env: NodeJS.ProcessEnv): Promise<Started> {
  const child = fork(script, { env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'fatal', ...env } });
  const [message] = (await once(child, 'message')) as [{ ready?: Started['ready']; refused?: string }];
  if (message.ready === undefined) throw new Error(message.refused ?? `${script} did not start`);
  return { child, ready: message.ready };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
