import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { Backups } from './backup/backups.ts';
import { DATABASE } from './backup/manifest.ts';
import { finishRestore, refuseHalfRestore } from './backup/restore.ts';
import { refuseTorn, torn } from './check-database.ts';
import { claimDataFolder, lastRecord } from './data-folder.ts';
import { DEFAULT_RESERVE_BYTES, Disk } from './disk.ts';
import { serveDocuments } from './documents/documents.ts';
import { openDoor } from './log/server.ts';
import { LogStore } from './log/store.ts';
import { publishSocket, removeSockets, socketPaths, touchSockets } from './sockets.ts';

const TOUCH_SOCKETS_EVERY_MS = 3_600_000;

export interface EngineOptions {
  /** Folder of the log and the documents; made when missing. */
  dataDir: string;
  /** Where the log listens; a socket in a folder of its own in the temporary folder when absent. */
  log?: { socketPath: string };
  /** A port of the loopback interface for the documents (0: any); a socket beside the log's when absent. */
  documents?: { host: '127.0.0.1'; port: number };
  /** Below so many free bytes on its disk it takes nothing new; 256 MiB when absent. */
  reserveBytes?: number;
}

export interface RunningEngine {
  logSocket: string;
  /** For MongoDB drivers: `mongodb://%2Ftmp%2Fsiaga-…%2Fdocs.sock` or `mongodb://127.0.0.1:43211`. */
  mongoUri: string;
  close(): Promise<void>;
}

/**
 * Starts the embedded engine: one LMDB environment, the event log and MongoDB-compatible documents on local sockets. No
 * other process may open the folder; a second start is refused in one sentence (`Fault`). After a crash it comes back
 * under the addresses its clients know.
 */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { dataDir } = options;
  const known = options.log?.socketPath ?? lastRecord(dataDir)?.logSocket;
  const paths = socketPaths(dataDir, known);
  const door = await openDoor(paths.early);
  const undo: (() => unknown)[] = [() => door.close()];
  // known sockets may be those of an engine that runs: only the claim makes them ours
  if (known === undefined) undo.unshift(forgetSockets);
  function forgetSockets() {
    removeSockets(paths);
  }
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const claim = await claimDataFolder(dataDir, { pid: process.pid, logSocket: paths.early });
    if (known !== undefined) undo.unshift(forgetSockets);
    undo.push(() => {
      claim.release();
    });
    publishSocket(paths);
    const touching = setInterval(() => {
      touchSockets(paths);
    }, TOUCH_SOCKETS_EVERY_MS);
    undo.push(() => {
      clearInterval(touching);
    });
    refuseHalfRestore(dataDir);
    await finishRestore(dataDir);
    const file = join(dataDir, DATABASE);
    const env = await openDatabase(file);
    undo.push(() => env.close());
    const reserveBytes = options.reserveBytes ?? DEFAULT_RESERVE_BYTES;
    const disk = await Disk.watch({ file, reserveBytes });
    undo.push(() => disk.close());
    const store = new LogStore(env, { disk });
    undo.push(() => store.close());
    const listen =
      options.documents ?? (paths.documents === undefined ? { host: '127.0.0.1', port: 0 } : { path: paths.documents });
    const documents = await serveDocuments({ root: env, listen, disk });
    undo.push(() => documents.close());
    const backups = new Backups({ env, dataDir, store, disk, reserveBytes });
    undo.push(() => backups.idle());
    const storage = () => {
      disk.refuseWhenStalled();
      return { ...disk.report(), ...store.history };
    };
    door.serve({ store, backups, storage });
    const addresses = { logSocket: paths.log, mongoUri: documents.uri };
    claim.update({ pid: process.pid, ...addresses });
    return { ...addresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openDatabase(file: string): Promise<RootDatabase> {
  await refuseTorn(file);
  try {
    return open({ path: file, noSubdir: true, overlappingSync: false, maxDbs: 4096 });
  } catch (cause) {
    throw torn(file, cause instanceof Error ? cause.message : String(cause));
  }
}
