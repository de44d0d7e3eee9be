import { once } from 'node:events';
import { createServer as createPlain, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createSecure } from 'node:tls';
import { createLogger, followCertificate, readCertificate, tlsOf, type CertificateFiles } from '@siaga/service';
import { Crowd } from './crowd.ts';
import { countCut, Listener, type CutReason } from './cuts.ts';

const log = createLogger('mqtt');

/** Ten times the lamps of the first city, far below what a process has file descriptors for. */
const MOST_CONNECTIONS = 20_000;
/** A line that is dead is known by then, also that of a device which never pings. */
const KEEP_ALIVE_MS = 60_000;
/** Somebody else has the port: a process of ours that ends, or another program. */
const AGAIN_MS = 5000;
/** Who speaks no TLS by then holds a connection for nothing. */
const HANDSHAKE_WITHIN_MS = 10_000;

/** Where devices connect. */
export interface MqttAddress {
  host: string;
  /** 0: whichever is free. */
  port: number;
  /** The port speaks TLS only. */
  tls?: CertificateFiles | undefined;
}

/** A connection at the door; nobody has spoken on it yet. */
export interface Arrival {
  socket: Socket;
  address: string;
  readonly isProven: boolean;
  /** Why it was cut, if it was. */
  readonly cut: CutReason | undefined;
  /** It proved to be a device: it makes room for the next, and may send longer packets. */
  proven(): void;
}

/** Listens for devices, and keeps out what no device does: crowds that say nothing, packets too long, endless pings. */
export class MqttPort {
  readonly #server: Server;
  readonly #at: MqttAddress;
  readonly #crowd = new Crowd();
  readonly #sockets = new Set<Socket>();
  /** How those who shake hands still give back their place, by where they are. */
  readonly #shaking = new Map<string, () => void>();
  /** Said once, and not each time it is tried. */
  #isWaiting = false;
  #again: NodeJS.Timeout | undefined;
  #endFollowing: (() => void) | undefined;

  /** `arrived` reads the socket as a stream that is paused (`readable`), from the first moment. */
  constructor(at: MqttAddress, arrived: (arrival: Arrival) => void, handshakeWithinMs = HANDSHAKE_WITHIN_MS) {
    this.#at = at;
    const greet = (socket: Socket, leave: () => void) => {
      const arrival = arrivalOf(socket, leave);
      arrived(arrival);
      watch(arrival);
    };
    if (at.tls === undefined) {
      this.#server = createPlain((socket) => {
        const leave = this.#enter(socket);
        if (leave !== undefined) greet(socket, leave);
      });
    } else {
      const certificate = readCertificate(at.tls);
      const secure = createSecure({ ...tlsOf(certificate), handshakeTimeout: handshakeWithinMs });
      secure.on('connection', (socket: Socket) => {
        const leave = this.#enter(socket);
        if (leave !== undefined) this.#shake(socket, leave);
      });
      secure.on('secureConnection', (socket) => {
        const leave = this.#shaking.get(endOf(socket));
        if (leave === undefined) socket.destroy();
        else greet(socket, leave);
      });
      // who speaks no TLS is told nothing
      secure.on('tlsClientError', (_, socket) => {
        if (this.#shaking.has(endOf(socket))) countCut('no-handshake');
        socket.destroy();
      });
      this.#endFollowing = followCertificate(at.tls, certificate, secure);
      this.#server = secure;
    }
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on('error', (error) => {
      if (!this.#isWaiting)
        log.error({ err: error, port: at.port }, 'MQTT: the port cannot be used; tried again. MQTT_PORT names another');
    });
  }

  /** Where it listens; undefined until it does. */
  get port(): number | undefined {
    return (this.#server.address() as AddressInfo | null)?.port;
  }

  /** Resolves once it listens, or somebody else has the port: then it is tried again, and all else goes on. */
  async listen(): Promise<void> {
    const { host, port } = this.#at;
    try {
      this.#server.listen({ host, port });
      await once(this.#server, 'listening');
      this.#isWaiting = false;
      log.info({ host, port: this.port, tls: this.#at.tls !== undefined }, 'MQTT listens');
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

  /** Answers how its place is given back, which its end does; undefined: it is cut, there was no place. */
  #enter(socket: Socket): (() => void) | undefined {
    socket.on('error', () => socket.destroy());
    const leave = this.#crowd.enter(socket.remoteAddress ?? '');
    if (leave === undefined) {
      countCut('crowded');
      socket.destroy();
      return undefined;
    }
    socket.setKeepAlive(true, KEEP_ALIVE_MS).setNoDelay(true);
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      leave();
    });
    return leave;
  }

  #shake(socket: Socket, leave: () => void): void {
    const end = endOf(socket);
    this.#shaking.set(end, leave);
    socket.once('close', () => {
      if (this.#shaking.get(end) === leave) this.#shaking.delete(end);
    });
  }
}

/** What tells one open connection from all others, before and behind TLS. */
const endOf = ({ remoteAddress = '', remotePort = 0 }: Socket) => `${remoteAddress}|${String(remotePort)}`;

type Watched = Arrival & { isProven: boolean; cut: CutReason | undefined };

function arrivalOf(socket: Socket, leave: () => void): Watched {
  const arrival: Watched = {
    ...{ socket, address: socket.remoteAddress ?? '', isProven: false, cut: undefined },
    proven: () => {
      arrival.isProven = true;
      leave();
    },
  };
  socket.on('error', () => socket.destroy());
  return arrival;
}

/** Told of each chunk that is read, before the reader has it. */
function watch(arrival: Watched): void {
  const { socket } = arrival;
  const listener = new Listener();
  socket.on('data', (chunk: Buffer) => {
    if (arrival.cut !== undefined) return;
    arrival.cut = listener.hear(chunk, arrival);
    if (arrival.cut === undefined) return;
    countCut(arrival.cut);
    socket.destroy();
  });
}
