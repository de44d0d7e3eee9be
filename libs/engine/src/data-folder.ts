import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@siaga/contracts';
import { z } from 'zod';
import { accepts, isGuarded, standGuard } from './guard.ts';
import { openDoor } from './log/server.ts';
import { removeSockets, socketPaths } from './sockets.ts';

const EngineRecord = z.object({
  pid: z.number(),
  logSocket: z.string(),
  mongoUri: z.string().optional(),
  /** Name of the socket in the data folder that says whether the engine is there; absent where none can be. */
  guard: z
    .string()
    .regex(/^engine-[0-9a-f]{12}\.sock$/)
    .optional(),
});
/** What `engine.json` in the data folder says of the engine that has it open. */
export type EngineRecord = z.infer<typeof EngineRecord>;

export interface Claim {
  /** Adds what became known since. */
  update(record: Omit<EngineRecord, 'guard'>): void;
  release(): void;
}

/**
 * Takes a data folder for one engine. Its socket must be listening already: whoever comes next asks it, and another one in
 * the folder itself, which is seen also from a container that shares the folder and has a temporary folder of its own. A
 * socket that accepts means the folder is in use (a frozen engine counts, it still has the files open); one that does not
 * was left by a crash and is removed. Not told apart: engines on two machines that share a folder by the network.
 */
export async function claimDataFolder(dataDir: string, known: Omit<EngineRecord, 'guard'>): Promise<Claim> {
  const path = recordPath(dataDir);
  const name = `engine-${randomBytes(6).toString('hex')}`;
  const mine = join(dataDir, `${name}.json`);
  makeWritable(dataDir, mine);
  const guard = await standGuard(dataDir, `${name}.sock`);
  const text = (record: Omit<EngineRecord, 'guard'>) =>
    JSON.stringify({ ...record, ...(guard === undefined ? {} : { guard: `${name}.sock` }) });
  const aside: string[] = [];
  try {
    writeFileSync(mine, text(known));
    while (!linked(mine, path)) aside.push(...(await setAside(path, dataDir)));
  } catch (error) {
    guard?.close();
    throw error;
  } finally {
    // not before: whoever is killed in between leaves a record of the address that clients know
    for (const file of [mine, ...aside]) rmSync(file, { force: true });
  }
  return {
    update: (record) => {
      writeFileSync(mine, text(record));
      renameSync(mine, path);
    },
    release: () => {
      for (const file of [path, ...setAsideIn(dataDir)]) rmSync(file, { force: true });
      guard?.close();
    },
  };
}

/** Keeps every engine out of a data folder until it is released. @throws Fault `conflict` while one runs on it. */
export async function holdDataFolder(dataDir: string): Promise<() => Promise<void>> {
  const paths = socketPaths(dataDir, undefined);
  const door = await openDoor(paths.early);
  const letGo = async () => {
    await door.close();
    removeSockets(paths);
  };
  try {
    const claim = await claimDataFolder(dataDir, { pid: process.pid, logSocket: paths.early });
    return async () => {
      claim.release();
      await letGo();
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

function makeWritable(dataDir: string, probe: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(probe, '', { mode: 0o600 });
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new Fault(
      'forbidden',
      `folder data ${dataDir} tidak dapat ditulis (${why}); atur SIAGA_DATA · the data folder cannot be written; set SIAGA_DATA`,
      { cause },
    );
  }
}

/** A hard link appears whole or not at all, for one of any number that try. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Makes room where a crash left a record; answers where that is now. */
async function setAside(path: string, dataDir: string): Promise<string[]> {
  const seen = textOf(path);
  if (seen === undefined) return [];
  const record = parsed(seen);
  if (record !== undefined && (await isThere(dataDir, record)))
    throw new Fault(
      'conflict',
      `Siaga sudah berjalan dengan folder data ${dataDir} (pid ${String(record.pid)}) · already running on this data folder`,
    );
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch {
    return []; // somebody else was quicker
  }
  const moved = textOf(aside);
  if (moved !== undefined && moved !== seen)
    linked(aside, path); // it was renewed in between: not ours to remove
  else if (record?.guard !== undefined) rmSync(join(dataDir, record.guard), { force: true });
  return [aside];
}

const isThere = async (dataDir: string, { logSocket, guard }: EngineRecord) =>
  (await accepts(logSocket)) || (guard !== undefined && (await isGuarded(dataDir, guard)));

/** What the last engine of a folder recorded, when it did not stop cleanly. */
export function lastRecord(dataDir: string): EngineRecord | undefined {
  for (const file of [recordPath(dataDir), ...setAsideIn(dataDir)]) {
    const record = parsed(textOf(file) ?? '');
    if (record !== undefined) return record;
  }
  return undefined;
}

const recordPath = (dataDir: string) => join(dataDir, 'engine.json');

/** Records that an engine moved aside and was killed before it had left its own. */
function setAsideIn(dataDir: string): string[] {
  try {
    const names = readdirSync(dataDir).filter((name) => name.startsWith('engine.json.'));
    return names.map((name) => join(dataDir, name));
  } catch {
    return []; // no folder yet
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parsed(text: string): EngineRecord | undefined {
  try {
    return EngineRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
