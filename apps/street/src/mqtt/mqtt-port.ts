import { once } from 'node:events';
import { createServer as createPlain, type Server, type Socket } from 'node:net';
import { createServer as createSecure } from 'node:tls';
import {
  createLogger,
  followCertificate,
  metrics,
  neighbourhoodOf,
  RateLimit,
  readCertificate,
  tlsOf,
  type CertificateFiles,
} from '@siaga/service';
import { Counter } from 'prom-client';
import { FrameReader, PINGREQ, SUBSCRIBE, UNSUBSCRIBE } from './frame-reader.ts';

const log = createLogger('mqtt');

/** Ten times the lamps of the first city, far below what a process has file descriptors for. */
const MOST_CONNECTIONS = 20_000;
/** Of those that have not proven to be anybody; controllers of a whole city may stand behind one address. */
const MOST_UNPROVEN = 2000;
const MOST_UNPROVEN_OF_ADDRESS = 500;
/** Far more than 100 reports need. */
const MOST_BYTES = 65_536;
/** A name, a key, and a last will that is left out. */
const MOST_BYTES_UNPROVEN = 4096;
/** Packets that say nothing: pings and wishes to hear something. A minute's worth at once. */
const IDLE_TALK = { perSecond: 5, burst: 300 };
const idle = new Set([SUBSCRIBE, UNSUBSCRIBE, PINGREQ]);
/** A line that is dead is known by then, also that of a device which never pings. */
const KEEP_ALIVE_MS = 60_000;
/** Somebody else has the port: a process of ours that ends, or another program. */
const AGAIN_MS = 5000;

const cut = new Counter({
  name: 'siaga_mqtt_cut_total',
  help: 'MQTT connections cut before a device was asked: by reason (crowded, too-long, idle-talk)',
  labelNames: ['because'],
  registers: [metrics],
});

/** Where devices connect. */
export interface MqttAddress {
  host: string;
  port: number;
  /** The port speaks TLS only. */
  tls?: CertificateFiles | undefined;
}

/** A connection at the door; nobody has spoken on it yet. */
export interface Arrival {
  socket: Socket;
  address: string;
  readonly isProven: boolean;
  /** It proved to be a device: it makes room for the next, and may send longer packets. */
  proven(): void;
}

/** Listens for devices, and keeps out what no device does: crowds that say nothing, packets too long, endless pings. */
export class MqttPort {
  readonly #server: Server;
  readonly #at: MqttAddress;
  readonly #unproven = new Map<string, number>();
  readonly #sockets = new Set<Socket>();
  #unprovenInAll = 0;
  /** Said once, and not each time it is tried. */
  #isWaiting = false;
  #again: NodeJS.Timeout | undefined;
  #endFollowing: (() => void) | undefined;

  /** `arrived` reads the socket as a stream that is paused (`readable`), from the first moment. */
  constructor(at: MqttAddress, arrived: (arrival: Arrival) => void) {
    this.#at = at;
    const greet = (socket: Socket) => {
      const arrival = this.#count(socket);
      if (arrival === undefined) return;
      arrived(arrival);
      this.#watch(arrival);
    };
    if (at.tls === undefined) this.#server = createPlain(greet);
    else {
      const certificate = readCertificate(at.tls);
      const secure = createSecure(tlsOf(certificate), greet);
      // who speaks no TLS is told nothing
      secure.on('tlsClientError', (_, socket) => socket.destroy());
      this.#endFollowing = followCertificate(at.tls, certificate, secure);
      this.#server = secure;
    }
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on('error', (error) => {
      if (!this.#isWaiting) log.error({ err: error, port: at.port }, 'MQTT: the port cannot be used; tried again');
    });
  }

  /** Resolves once it listens, or somebody else has the port: then it is tried again, and all else goes on. */
  async listen(): Promise<void> {
    const { host, port } = this.#at;
    try {
      this.#server.listen({ host, port });
      await once(this.#server, 'listening');
      this.#isWaiting = false;
      log.info({ host, port, tls: this.#at.tls !== undefined }, 'MQTT listens');
    } catch {
      this.#isWaiting = true;
      this.#again = setTimeout(() => void this.listen(), AGAIN_MS).unref();
    }
  }

  /** Lets nobody in any more, and cuts who is in. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    clearTimeout(this.#again);
    this.#endFollowing?.();
    this.#server.close();
  }

  #count(socket: Socket): Arrival | undefined {
    const address = socket.remoteAddress ?? '';
    const from = neighbourhoodOf(address);
    const near = this.#unproven.get(from) ?? 0;
    socket.on('error', () => socket.destroy());
    if (near >= MOST_UNPROVEN_OF_ADDRESS || this.#unprovenInAll >= MOST_UNPROVEN) {
      cut.inc({ because: 'crowded' });
      socket.destroy();
      return undefined;
    }
    this.#unproven.set(from, near + 1);
    this.#unprovenInAll += 1;
    const arrival = { socket, address, isProven: false };
    const proven = () => {
      if (arrival.isProven) return;
      arrival.isProven = true;
      this.#unprovenInAll -= 1;
      const left = (this.#unproven.get(from) ?? 1) - 1;
      if (left === 0) this.#unproven.delete(from);
      else this.#unproven.set(from, left);
    };
    socket.setKeepAlive(true, KEEP_ALIVE_MS).setNoDelay(true);
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      proven();
    });
    return Object.assign(arrival, { proven });
  }

  /** Told of each chunk that is read, before the reader has it. */
  #watch(arrival: Arrival): void {
    const { socket } = arrival;
    const reader = new FrameReader();
    const idleTalk = new RateLimit(IDLE_TALK);
    socket.on('data', (chunk: Buffer) => {
      const most = arrival.isProven ? MOST_BYTES : MOST_BYTES_UNPROVEN;
      for (const { kind, bytes } of reader.read(chunk)) {
        const because = bytes > most ? 'too-long' : idle.has(kind) && idleTalk.take('') > 0 ? 'idle-talk' : undefined;
        if (because === undefined) continue;
        cut.inc({ because });
        socket.destroy();
        return;
      }
    });
  }
}
