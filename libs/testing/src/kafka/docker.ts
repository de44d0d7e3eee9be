import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { startFaultProxy } from '../fault-proxy.ts';
import { brokerSettings, freePorts } from './settings.ts';
import type { TestKafka } from './test-kafka.ts';

const run = promisify(execFile);
const IMAGE = 'apache/kafka:4.1.0';

/** A Docker engine answers on this machine. */
export async function dockerAnswers(): Promise<boolean> {
  return run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 5000 }).then(
    () => true,
    () => false,
  );
}

/** Apache Kafka in a container. */
export async function startKafkaInDocker(): Promise<TestKafka> {
  const name = `siaga-kafka-${randomBytes(4).toString('hex')}`;
  const ports = await freePorts();
  const proxy = await startFaultProxy({ target: { port: ports.proxied } });
  const env = Object.entries(brokerSettings(ports, proxy.address)).flatMap(([setting, value]) => [
    '--env',
    `KAFKA_${setting.toUpperCase().replaceAll('.', '_')}=${value}`,
  ]);
  await run('docker', ['run', '--detach', '--name', name, '--network', 'host', ...env, IMAGE]);
  return {
    brokers: `127.0.0.1:${ports.broker}`,
    proxy,
    kill9: async () => {
      await run('docker', ['kill', name]);
    },
    restart: async () => {
      await run('docker', ['start', name]);
    },
    freeze: async () => {
      await run('docker', ['pause', name]);
    },
    thaw: async () => {
      await run('docker', ['unpause', name]);
    },
    stop: async () => {
      await proxy.close();
      await run('docker', ['rm', '--force', '--volumes', name]);
    },
  };
}
