import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type Server, type ServerOptions } from 'node:http';
import type { DynamicModule, INestApplicationContext, LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FaultFilter, refuse, unreadableAddress } from './fault-filter.ts';
import { createLogger, type Logger } from './log.ts';
import { collectProcessMetrics } from './metrics.ts';
import { startTraces } from './traces.ts';

/** A module that provides this token has its strategy connected, so that `@On` handlers receive events. */
export const TRANSPORT = Symbol('siaga:transport');

export interface StartOptions {
  /** Name in logs, metrics and traces: `waste`. */
  name: string;
  host: string;
  port: number;
  /** Bytes; larger bodies are answered with 413. */
  bodyLimit?: number;
  /** Whose `x-forwarded-for` is believed: addresses, networks like `10.0.0.0/8`, `loopback`, `uniquelocal`; none when absent. */
  trustedProxies?: readonly string[];
  /** Certificate and private key in PEM: the port speaks HTTPS only. Absent: plain HTTP. */
  tls?: { cert: string; key: string };
  /** A second port, on 127.0.0.1 and in plain HTTP, for processes of this machine. */
  localPort?: number | undefined;
  /** Further set-up between creation and listening: socket adapters, static files, proxies. */
  prepare?: (app: NestFastifyApplication) => Promise<void> | void;
}

export interface RunningService {
  app: NestFastifyApplication;
  /** `http://127.0.0.1:43210`, with {@link StartOptions.tls} `https://…` */
  url: string;
  close(): Promise<void>;
}

/** Far above what screens and phones of a city hold open, far below what a process has file descriptors for. */
const MOST_CONNECTIONS = 20_000;

/**
 * Connections the kernel holds until we accept them; it takes fewer where `net.core.somaxconn` is lower. Node asks for 511,
 * and when a thousand screens come back at once the rest would be ignored and try again a second later.
 */
const BACKLOG = 4096;

/** What all servers of a process have: neither headers nor a body that trickle in may hold a connection for ever. */
const patience = {
  requestTimeout: 15_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 2000,
  // clients that offer HTTP/2 by an upgrade are answered in HTTP/1.1, as if they had not
  shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
} satisfies ServerOptions;
const CONNECTION_MS = 30_000;
/**
 * While a port closes, connections are let go as soon as their answer is out, looked at so often: its caller would keep one
 * alive for a minute, and whoever closes would wait for that.
 */
const LET_GO_MS = 50;

/** Starts a Nest service on Fastify: one error exit, health, metrics, traces, events when its modules bring a transport. */
export async function start(module: Type | DynamicModule, options: StartOptions): Promise<RunningService> {
  const log = createLogger(options.name);
  const stopTraces = await startTraces(options.name);
  collectProcessMetrics(options.name);
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimit ?? 1_048_576,
    requestTimeout: patience.requestTimeout,
    connectionTimeout: CONNECTION_MS,
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    routerOptions: { maxParamLength: 200 },
    // what the router itself refuses reaches neither hooks nor filter
    frameworkErrors: (cause: Error, _: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-content-type-options', 'nosniff');
      refuse(reply, unreadableAddress(cause));
    },
    ...(options.tls === undefined ? { http: patience } : { https: { ...patience, ...tlsOf(options.tls) } }),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLogger(log),
    abortOnError: false,
  });
  app.useGlobalFilters(new FaultFilter());
  app.getHttpServer().maxConnections = MOST_CONNECTIONS;
  await options.prepare?.(app);
  const strategy = transportOf(app);
  if (strategy !== undefined) {
    app.connectMicroservice({ strategy }, { inheritAppConfig: true });
    await app.startAllMicroservices();
  }
  await app.listen({ port: options.port, host: options.host, backlog: BACKLOG });
  const local = options.localPort === undefined ? undefined : await listenLocally(app, options.localPort);
  const url = localUrl(app, options.tls === undefined ? 'http' : 'https');
  log.info({ url }, `${options.name} listens`);
  return {
    app,
    url,
    close: async () => {
      local?.close();
      const letGo = setInterval(() => {
        app.getHttpServer().closeIdleConnections();
      }, LET_GO_MS);
      try {
        await app.close();
      } finally {
        clearInterval(letGo);
      }
      await stopTraces();
    },
  };
}

/**
 * `main.ts` of a service: starts it, tells the supervisor where it listens, and stops on SIGTERM, SIGINT or when the
 * supervisor is gone. A start that fails says why in one line and exits with 1.
 */
export async function main(name: string, run: () => Promise<RunningService>): Promise<void> {
  const log = createLogger(name);
  let running: RunningService | undefined;
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // what cannot close in time is cut: the log and the store lose nothing by it
    setTimeout(() => process.exit(1), 8000).unref();
    void Promise.resolve(running?.close()).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'closing failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  // Ctrl-C reaches every process of a terminal at once; under a supervisor it is the supervisor that says in which order
  process.on('SIGINT', process.send === undefined ? stop : () => undefined);
  if (process.send !== undefined) process.on('disconnect', stop);
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection');
    process.exit(1);
  });
  try {
    running = await run();
    process.send?.({ ready: { url: running.url } });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.fatal({ err: error }, message);
    process.send?.({ refused: message });
    process.exit(1);
  }
}

function transportOf(app: INestApplicationContext): CustomStrategy['strategy'] | undefined {
  try {
    return app.get<CustomStrategy['strategy']>(TRANSPORT, { strict: false });
  } catch {
    return undefined; // no module brings one: a service without event handlers
  }
}

/** What a server of ours speaks HTTPS with; also for `setSecureContext` when a certificate is replaced. */
export const tlsOf = ({ cert, key }: { cert: string; key: string }) =>
  ({ cert, key, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 }) as const;

/** The same doors in plain HTTP, for who is on this machine anyway. */
async function listenLocally(app: NestFastifyApplication, port: number): Promise<Server> {
  const fastify = app.getHttpAdapter().getInstance();
  const server = createServer(patience, (request, response) => {
    fastify.routing(request, response);
  });
  server.setTimeout(CONNECTION_MS);
  server.maxConnections = MOST_CONNECTIONS;
  server.listen({ port, host: '127.0.0.1', backlog: BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    await app.close();
    throw error;
  }
  return server;
}

function localUrl(app: NestFastifyApplication, scheme: 'http' | 'https'): string {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') throw new Error('listens on no port');
  return `${scheme}://${address.address.includes(':') ? '[::1]' : address.address}:${String(address.port)}`;
}

function nestLogger(log: Logger): LoggerService {
  return {
    log: (message: unknown) => {
      log.debug(String(message));
    },
    debug: (message: unknown) => {
      log.trace(String(message));
    },
    verbose: (message: unknown) => {
      log.trace(String(message));
    },
    warn: (message: unknown) => {
      log.warn(String(message));
    },
    error: (message: unknown, ...rest: unknown[]) => {
      log.error({ rest }, String(message));
    },
    fatal: (message: unknown, ...rest: unknown[]) => {
      log.fatal({ rest }, String(message));
    },
  };
}
