import { createServer } from 'node:net';

/** Ports of a broker: for everybody, for those who come through a proxy, for the controller. */
export interface BrokerPorts {
  broker: number;
  proxied: number;
  controller: number;
}

/**
 * A broker that was killed is let in again only when its session from before is over: 9 s as Kafka comes, at every restart of
 * every spec. The long `npm run faults` measures how long a city is away, and therefore takes a broker as it comes.
 */
const soonBack =
  process.env['FAULTS_LONG'] === undefined
    ? { 'broker.session.timeout.ms': '4000', 'broker.heartbeat.interval.ms': '1000' }
    : {};

/**
 * Settings of a broker that is also its own controller (KRaft), for tests: small, quick to join groups. Who comes by the
 * port `proxied` is told to come by `proxy`, because clients go where the broker says it is, not where they found it.
 */
export function brokerSettings(ports: BrokerPorts, proxy: string): Record<string, string> {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    listeners: `PLAINTEXT://:${ports.broker},PROXIED://:${ports.proxied},CONTROLLER://:${ports.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports.broker},PROXIED://${proxy}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '3',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    ...soonBack,
  };
}

/** Ports nobody uses at the moment, for one broker. */
export async function freePorts(): Promise<BrokerPorts> {
  return { broker: await freePort(), proxied: await freePort(), controller: await freePort() };
}

/** A port nobody uses at the moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
