import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { open } from 'lmdb';
import { claimDataFolder, removeSocket } from './data-folder.ts';
import { serveDocuments } from './documents/documents.ts';
import { openDoor } from './log/server.ts';
import { LogStore } from './log/store.ts';

export interface EngineOptions {
  /** Folder of the log and the documents; made when missing. */
  dataDir: string;
  /** Where the log listens; in the temporary folder when absent (a socket's path has about a hundred bytes at most). */
  log?: { socketPath: string };
  /** Where the documents listen: any free port of the loopback interface when absent. */
  documents?: { host: '127.0.0.1'; port: number };
}

export interface RunningEngine {
  logSocket: string;
  /** `mongodb://127.0.0.1:43211` */
  mongoUri: string;
  close(): Promise<void>;
}

/**
 * Starts the embedded engine: one LMDB environment, the event log on a Unix socket and MongoDB-compatible documents on
 * a TCP port. No other process may open the folder; a second start is refused in one sentence (`Fault`).
 */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const logSocket = options.log?.socketPath ?? shortSocketPath();
  if (process.platform !== 'win32') mkdirSync(dirname(logSocket), { recursive: true, mode: 0o700 });
  const door = await openDoor(logSocket);
  const undo: (() => unknown)[] = [
    () => {
      removeSocket(logSocket);
    },
    () => door.close(),
  ];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const claim = await claimDataFolder(options.dataDir, { pid: process.pid, logSocket });
    undo.push(() => {
      claim.release();
    });
    const env = open({
      path: join(options.dataDir, 'siaga.lmdb'),
      noSubdir: true,
      overlappingSync: false,
      maxDbs: 4096,
    });
    undo.push(() => env.close());
    const store = new LogStore(env);
    undo.push(() => store.close());
    door.serve(store);
    const listen = options.documents ?? { host: '127.0.0.1', port: 0 };
    const documents = await serveDocuments({ root: env, listen });
    undo.push(() => documents.close());
    const mongoUri = documents.uri;
    claim.update({ pid: process.pid, logSocket, mongoUri });
    return { logSocket, mongoUri, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function shortSocketPath(): string {
  const name = `siaga-${randomBytes(6).toString('hex')}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name, 'log.sock');
}
