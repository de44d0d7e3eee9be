import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { abort, Link, type Direction } from './fault-proxy-link.ts';

/** Where something listens: a TCP port, on loopback when no host is given, or a Unix socket. */
export type Endpoint = { port: number; host?: string } | { socketPath: string };

/** What the network between clients and their server does, as a test wishes; it begins with {@link FaultProxy.pass}. */
export interface FaultProxy {
  /** What clients connect to: `127.0.0.1:43210`, or the path of a Unix socket. */
  readonly address: string;
  /** Everything goes through. A connection that lost something is reset: no network gives back a stream with a hole. */
  pass(): void;
  /** Everything goes through so many milliseconds late, in each direction; like `pass` otherwise. */
  delay(ms: number): void;
  /** Every connection is reset (RST), and each new one, until something else is wished. */
  reset(): void;
  /** Connections are taken; what comes from either side, ends too, is swallowed. */
  blackhole(): void;
  /** Requests go through, replies vanish. */
  dropReplies(): void;
  /** Each connection of this moment is reset; what else was wished stays. */
  cut(): void;
  /**
   * Told of each piece of a request before anything is decided about it: what is wished here befalls that piece already.
   * Pieces are as the network cuts them. Answers a function that ends the watch.
   */
  onRequest(watch: (chunk: Buffer) => void): () => void;
  /** The same for replies: a `cut()` here is a request that was done and whose reply never came. */
  onReply(watch: (chunk: Buffer) => void): () => void;
  /** Resets all connections and listens no more. */
  close(): Promise<void>;
}

/**
 * Starts a proxy for one server. Without `listen` it takes a free loopback port, or a Unix socket in the temporary folder
 * when the server has one. Rejects when it cannot listen.
 */
export async function startFaultProxy(options: { target: Endpoint; listen?: Endpoint }): Promise<FaultProxy> {
  const { target } = options;
  const listen = options.listen ?? ('port' in target ? { port: 0 } : { socketPath: temporarySocket() });
  const proxy = new SocketProxy(target);
  await proxy.listen(listen);
  return proxy;
}

type Fault = 'none' | 'reset' | 'blackhole' | 'dropReplies';

class SocketProxy implements FaultProxy {
  address = '';
  delayMs = 0;
  #fault: Fault = 'none';
  readonly #target: Endpoint;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  readonly #watches = { request: new Set<(chunk: Buffer) => void>(), reply: new Set<(chunk: Buffer) => void>() };

  constructor(target: Endpoint) {
    this.#target = target;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      this.#accept(client);
    });
  }

  async listen(endpoint: Endpoint): Promise<void> {
    this.#server.listen(placeOf(endpoint));
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') this.address = address ?? '';
    else this.address = `${address.address}:${address.port}`;
  }

  pass(): void {
    this.delay(0);
  }

  delay(ms: number): void {
    this.delayMs = ms;
    this.#fault = 'none';
    for (const link of this.#links) if (link.broken) link.reset();
  }

  reset(): void {
    this.#fault = 'reset';
    this.cut();
  }

  blackhole(): void {
    this.#fault = 'blackhole';
  }

  dropReplies(): void {
    this.#fault = 'dropReplies';
  }

  cut(): void {
    for (const link of this.#links) link.reset();
  }

  onRequest(watch: (chunk: Buffer) => void): () => void {
    return this.#watch('request', watch);
  }

  onReply(watch: (chunk: Buffer) => void): () => void {
    return this.#watch('reply', watch);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.reset();
    await closed;
  }

  seen(direction: Direction, chunk: Buffer): void {
    for (const watch of this.#watches[direction]) watch(chunk);
  }

  passes(direction: Direction): boolean {
    return this.#fault === 'none' || (this.#fault === 'dropReplies' && direction === 'request');
  }

  #watch(direction: Direction, watch: (chunk: Buffer) => void): () => void {
    const watches = this.#watches[direction];
    watches.add(watch);
    return () => watches.delete(watch);
  }

  #accept(client: Socket): void {
    client.on('error', () => undefined);
    if (this.#fault === 'reset') {
      abort(client);
      return;
    }
    const server = this.#fault === 'blackhole' ? undefined : connect({ ...placeOf(this.#target), allowHalfOpen: true });
    server?.setNoDelay();
    const link = new Link({ client, server }, this, () => this.#links.delete(link));
    this.#links.add(link);
  }
}

const placeOf = (endpoint: Endpoint) =>
  'port' in endpoint ? { host: '127.0.0.1', ...endpoint } : { path: endpoint.socketPath };

const temporarySocket = () => path.join(tmpdir(), `siaga-proxy-${randomUUID().slice(0, 8)}.sock`);
