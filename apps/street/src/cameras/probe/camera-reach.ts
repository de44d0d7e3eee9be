import { connect as connectPlain, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { guardedLookup, hostOfUrl, literalAddress, Networks } from '@siaga/service';
import { Unseen } from './unseen.ts';

/** Where no camera is, and things are that an address must not be a way to: this machine, its links, clouds' own doors, disguised IPv4. */
const never = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '100.100.100.200', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '2001::/32', '2002::/16', 'fd00:ec2::254', 'fe80::/10', 'fec0::/10'],
  ...['ff00::/8'],
];

/** Below 1024 only what cameras use. */
const low: ReadonlySet<number> = new Set([80, 88, 443, 554]);

/** Doors of databases, brokers, orchestrators: a camera is behind none of them. */
const others: ReadonlySet<number> = new Set([
  ...[1883, 2375, 2376, 2379, 3000, 3306, 4222, 5023, 5027, 5432, 5672, 6379, 6443, 8883],
  ...[9092, 9093, 9094, 9200, 10_250, 11_211, 15_672, 27_017, 27_018, 27_019],
]);

const defaultPorts: Readonly<Record<string, number>> = { 'rtsp:': 554, 'rtsps:': 322, 'http:': 80, 'https:': 443 };

/**
 * The way to cameras. They are in private networks by nature, so those are open; this machine, its links and the doors of
 * engines are not, unless the installation names the network.
 */
export class CameraReach {
  readonly #never = new Networks(never);
  readonly #allowed: Networks;
  readonly #own: ReadonlySet<number>;

  /** `networks`: of `CAMERA_NETWORKS`, open at any port; `ownPorts`: of engines that are ours. */
  constructor(networks: readonly string[] = [], ownPorts: readonly number[] = []) {
    this.#allowed = new Networks(networks);
    this.#own = new Set(ownPorts);
  }

  /** A connection; the camera's certificate is its own, as they are. Rejects with what the socket says, or {@link Unseen}. */
  async open(url: URL, signal: AbortSignal): Promise<Socket> {
    const [host, port] = [hostOfUrl(url), portOf(url)];
    const options = { host, port, lookup: this.lookupFor(url) };
    return new Promise((done, failed) => {
      const isSecure = url.protocol === 'rtsps:';
      const socket = isSecure ? connectTls({ ...options, rejectUnauthorized: false }) : connectPlain(options);
      const giveUp = () => socket.destroy(new Unseen('no-answer'));
      signal.addEventListener('abort', giveUp, { once: true });
      socket.once('close', () => {
        signal.removeEventListener('abort', giveUp);
      });
      socket.once('error', failed);
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        done(socket);
      });
    });
  }

  /** Looks the name up and refuses where it leads; throws {@link Unseen} at once for an address that is refused as it stands. */
  lookupFor(url: URL): LookupFunction {
    const port = portOf(url);
    const refuse = (found: readonly { address: string; family: number }[]) => {
      if (found.every((one) => this.#allowed.has(one)) && found.length > 0) return;
      const isDoor = (port >= 1024 || low.has(port)) && !others.has(port) && !this.#own.has(port);
      if (!isDoor || found.some((one) => this.#never.has(one))) throw new Unseen('not-allowed');
    };
    const host = hostOfUrl(url);
    if (isIP(host) !== 0) refuse([literalAddress(host)]);
    return guardedLookup(refuse);
  }
}

const portOf = ({ port, protocol }: URL): number => (port === '' ? (defaultPorts[protocol] ?? 0) : Number(port));

/** Ports that a list of addresses names: `mongodb://127.0.0.1:27018`, `kafka:9092,other:9092`. */
export const portsIn = (addresses: string | undefined): number[] =>
  [...(addresses ?? '').matchAll(/:(\d{2,5})(?=[,/?]|$)/g)].map(([, port]) => Number(port));
