import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Where an engine listens: short paths (a socket's has about a hundred bytes at most) in a folder only its owner enters. */
export interface SocketPaths {
  /** Listens before the data folder is claimed, under a name nobody else can take. */
  early: string;
  log: string;
  documents: string | undefined;
}

/** What an engine leaves in its record when it is killed before it listens under its lasting name. */
const EARLY_NAME = /^[0-9a-f]{12}\.sock$/;

/**
 * Paths for an engine. `known` is the log socket clients already know: that of an engine that crashed on the same data,
 * so that they find the next one without being told.
 */
export function socketPaths(dataDir: string, known: string | undefined): SocketPaths {
  if (process.platform === 'win32') {
    // a pipe's name is gone with its process, so it may be the same each time
    const name = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12);
    const log = known ?? `\\\\.\\pipe\\siaga-${name}`;
    return { early: log, log, documents: undefined };
  }
  const folder = ownFolder(known === undefined ? undefined : dirname(known));
  const lasting = known !== undefined && dirname(known) === folder && !EARLY_NAME.test(basename(known));
  const log = lasting ? known : join(folder, 'log.sock');
  return { early: join(folder, `${randomBytes(6).toString('hex')}.sock`), log, documents: join(folder, 'docs.sock') };
}

/** Makes the socket that listens early reachable under its lasting name, in place of what a crash left there. */
export function publishSocket({ early, log, documents }: SocketPaths): void {
  if (early === log) return;
  rmSync(log, { force: true });
  linkSync(early, log);
  if (documents !== undefined) rmSync(documents, { force: true });
}

/** Makes them look used: what lies in /tmp untouched for ten days is tidied away by many systems, a linked socket too. */
export function touchSockets({ early, log, documents }: SocketPaths, nowMs = Date.now()): void {
  if (process.platform === 'win32') return;
  for (const path of [early, log, documents])
    if (path !== undefined && existsSync(path)) utimesSync(path, nowMs / 1000, nowMs / 1000);
}

export function removeSockets({ early, log, documents }: SocketPaths): void {
  if (process.platform === 'win32') return;
  for (const path of [early, log, documents]) if (path !== undefined) rmSync(path, { force: true });
  if (/^siaga-[0-9a-f]{12}$/.test(folderName(log))) rmSync(dirname(log), { recursive: true, force: true });
}

const folderName = (path: string) => dirname(path).split('/').at(-1) ?? '';

/** The wished folder when it is ours alone, else a fresh one. */
function ownFolder(wished: string | undefined): string {
  const folder = wished ?? join(tmpdir(), `siaga-${randomBytes(6).toString('hex')}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  // somebody else's folder of that name in a shared /tmp could swap the socket for one of his own
  if (uid !== process.getuid?.() || (wished !== undefined && (mode & 0o022) !== 0)) return ownFolder(undefined);
  return folder;
}
