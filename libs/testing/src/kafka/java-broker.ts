import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../eventually.ts';
import { startFaultProxy } from '../fault-proxy.ts';
import { mavenJars, shortLived } from '../java.ts';
import { brokerSettings, freePorts } from './settings.ts';
import type { TestKafka } from './test-kafka.ts';

const run = promisify(execFile);
const UP_WITHIN_MS = 40_000;

/** Apache Kafka 4.1 from Maven Central in a Java process of its own. */
export async function startKafkaInJava(): Promise<TestKafka> {
  const jars = path.join(await mavenJars(path.join(import.meta.dirname, 'pom.xml'), 'kafka'), '*');
  const folder = await mkdtemp(path.join(tmpdir(), 'siaga-kafka-'));
  const ports = await freePorts();
  const proxy = await startFaultProxy({ target: { port: ports.proxied } });
  const settings = path.join(folder, 'server.properties');
  const lines = { ...brokerSettings(ports, proxy.address), 'log.dirs': path.join(folder, 'data') };
  await writeFile(settings, Object.entries(lines).map(([name, value]) => `${name}=${value}\n`).join('')); // prettier-ignore
  // 16 bytes; a leading minus would be taken for an option
  const clusterId = `S${randomBytes(16).toString('base64url').slice(1)}`;
  await run('java', [...shortLived, '-cp', jars, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', settings]);

  const boot = async (): Promise<ChildProcess> => {
    const child = spawn('java', [...shortLived, '-Xmx512m', '-cp', jars, 'kafka.Kafka', settings], { stdio: 'ignore' });
    await eventually(() => accepts(ports.broker, child), UP_WITHIN_MS);
    return child;
  };
  let broker = await boot();
  const end = async (signal: NodeJS.Signals) => {
    if (broker.exitCode !== null || broker.signalCode !== null) return;
    const exited = once(broker, 'exit');
    broker.kill(signal);
    await exited;
  };
  return {
    brokers: `127.0.0.1:${ports.broker}`,
    proxy,
    kill9: () => end('SIGKILL'),
    freeze: () => Promise.resolve(void broker.kill('SIGSTOP')),
    thaw: () => Promise.resolve(void broker.kill('SIGCONT')),
    restart: async () => {
      broker = await boot();
    },
    stop: async () => {
      await end('SIGKILL'); // its data goes with it, a clean stop would only take longer
      await proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function accepts(port: number, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error(`Kafka ended with ${child.exitCode}`);
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
