import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { RootDatabase } from 'lmdb';
import type { DiskGate } from '../disk.ts';
import { runCommand } from './commands/commands.ts';
import { Cursors } from './commands/cursors.ts';
import { sweepExpired } from './expiry.ts';
import { Store } from './storage/store.ts';
import { serveConnection } from './wire/connection.ts';

export interface DocumentsOptions {
  /** An LMDB environment opened with `overlappingSync: false`, so that a commit is on the disk. Not closed here. */
  readonly root: RootDatabase;
  /** A Unix socket, readable by its owner alone, or a free port of the loopback interface. */
  readonly listen: { readonly path: string } | { readonly host: '127.0.0.1'; readonly port: number };
  readonly disk: DiskGate;
  /** How often TTL indexes are swept, in ms; MongoDB's minute by default. */
  readonly sweepEveryMs?: number;
}

export interface Documents {
  /** The connection string for a MongoDB driver. */
  readonly uri: string;
  /** Ends every connection and waits for writes under way. */
  close(): Promise<void>;
}

/**
 * A server of the MongoDB wire protocol over LMDB: unmodified drivers and mongoose connect to it. Every write is on the
 * disk before its reply; one command is one transaction with its index entries. What MongoDB has and this has not is
 * refused with MongoDB's error codes.
 */
export async function serveDocuments({
  root,
  listen,
  disk,
  sweepEveryMs = 60_000,
}: DocumentsOptions): Promise<Documents> {
  const store = new Store(root, disk);
  const cursors = new Cursors();
  const serving = new Map<Socket, Promise<void>>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    const connectionId = ++connections;
    const served = serveConnection(socket, ({ body, database }) =>
      runCommand({ store, cursors, database, body, connectionId }),
    ).finally(() => serving.delete(socket));
    serving.set(socket, served);
  });
  server.listen(listen);
  await once(server, 'listening');
  if ('path' in listen) await chmod(listen.path, 0o600);
  const sweeper = startSweeper(store, sweepEveryMs);
  return {
    uri: uriOf(server),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of serving.keys()) socket.destroy();
      await Promise.all([closed, sweeper.stop(), ...serving.values()]);
    },
  };
}

function uriOf(server: Server): string {
  const address = server.address();
  if (typeof address === 'string') return `mongodb://${encodeURIComponent(address)}`;
  return `mongodb://127.0.0.1:${address?.port ?? 0}`;
}

/** Sweeps one after the other; a failing sweep is reported and tried again at the next. */
function startSweeper(store: Store, everyMs: number): { stop(): Promise<void> } {
  let sweep = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    sweep = sweepExpired(store, Date.now())
      .catch((error: unknown) => {
        process.emitWarning(error instanceof Error ? error : String(error));
      })
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return sweep;
    },
  };
}
