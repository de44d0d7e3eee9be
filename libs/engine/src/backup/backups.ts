import { existsSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { Fault } from '@siaga/contracts';
import type { RootDatabase } from 'lmdb';
import type { Disk } from '../disk.ts';
import { positionsOf } from '../log/positions.ts';
import type { LogStore } from '../log/store.ts';
import { DATABASE, filesBesideIn, flush, MANIFEST, sha256Of, TLS, type Manifest } from './manifest.ts';

/** What is asked for. A repeat under the same `backupId` asks how far it is. */
export interface BackupRequest {
  backupId: string;
  /** Absolute path of the folder that holds the backups; made when only itself is missing. */
  to: string;
  /** So many whole backups of this city stay there, the newest. */
  keep: number;
  city: string;
  /** Version of Siaga that asks. */
  siaga: string;
}

/** How far a backup is: bytes copied `of` about so many; when `done`, where it lies. */
export type BackupState =
  | { done: false; bytes: number; of: number }
  | {
      done: true;
      folder: string;
      bytes: number;
      atMs: number;
      tookMs: number;
      /** False: it lies in the data folder and is lost with it, so it does not count as a backup. */
      outside: boolean;
      /** Names of old backups that were removed for it. */
      removed: string[];
    };

interface Job {
  request: BackupRequest;
  partial: string;
  /** Settles with its outcome. */
  made: Promise<void>;
  outcome?: Extract<BackupState, { done: true }> | Fault;
}

export interface BackupSource {
  env: RootDatabase;
  dataDir: string;
  store: LogStore;
  disk: Disk;
  reserveBytes: number;
}

/**
 * Backups of the engine while it runs: a consistent copy of the database and what else a city needs to come back. Made
 * under a name that ends in `.partial`, flushed, then renamed: a torn one is never taken for a whole one.
 */
export class Backups {
  readonly #source: BackupSource;
  #job: Job | undefined;

  constructor(source: BackupSource) {
    this.#source = source;
  }

  /** Begins one, or tells how the one under this id is going; throws the Fault it ended with. */
  ask(request: BackupRequest): BackupState {
    const job = this.#job;
    if (job?.request.backupId === request.backupId) return this.#stateOf(job);
    if (job !== undefined && job.outcome === undefined)
      throw new Fault('conflict', 'pencadangan sedang berjalan · a backup is being made already');
    return this.#stateOf(this.#begin(request));
  }

  /** Waits for one that is being made. */
  async idle(): Promise<void> {
    await this.#job?.made;
  }

  #begin(request: BackupRequest): Job {
    const atMs = Date.now();
    const folder = freeIn(request.to, nameOf(request.city, atMs));
    const partial = `${folder}.partial`;
    const made = this.#make(request, atMs, folder).then(
      (done) => {
        job.outcome = done;
      },
      (error: unknown) => {
        job.outcome = asFault(error, request.to);
      },
    );
    const job: Job = { request, partial, made };
    this.#job = job;
    return job;
  }

  #stateOf({ partial, outcome }: Job): BackupState {
    if (outcome instanceof Fault) throw outcome;
    if (outcome !== undefined) return outcome;
    const copy = join(partial, DATABASE);
    return {
      done: false,
      bytes: existsSync(copy) ? statSync(copy).size : 0,
      of: this.#source.disk.report().usedBytes,
    };
  }

  async #make(request: BackupRequest, atMs: number, folder: string): Promise<Extract<BackupState, { done: true }>> {
    const startedMs = performance.now();
    const { to, city } = request;
    await makeFolder(to);
    await this.#assertRoom(to);
    await removeLeftovers(to, city);
    const partial = `${folder}.partial`;
    await mkdir(partial, { mode: 0o700 });
    try {
      const manifest = await this.#copy(request, atMs, partial);
      await rename(partial, folder);
      await flush(to);
      const outside = !isWithin(await realpath(to), await realpath(this.#source.dataDir));
      if (outside) await this.#source.store.recordBackup({ atMs, bytes: manifest.bytes });
      const removed = await prune(request, basename(folder));
      const tookMs = Math.round(performance.now() - startedMs);
      return { done: true, folder, bytes: manifest.bytes, atMs, tookMs, outside, removed };
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
  }

  /** Everything into the folder, and on the disk. The manifest comes last. */
  async #copy({ city, siaga }: BackupRequest, atMs: number, folder: string): Promise<Manifest> {
    const database = join(folder, DATABASE);
    await this.#source.env.backup(database, false);
    await chmod(database, 0o600);
    const beside = await filesBesideIn(this.#source.dataDir);
    for (const name of beside) {
      await mkdir(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
      await copyFile(join(this.#source.dataDir, name), join(folder, name));
      await chmod(join(folder, name), 0o600);
    }
    const { logId, positions } = await positionsOf(database);
    const files: Manifest['files'] = [];
    for (const name of [DATABASE, ...beside]) {
      const file = join(folder, name);
      await flush(file);
      files.push({ name, bytes: (await stat(file)).size, sha256: await sha256Of(file) });
    }
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const manifest: Manifest = { format: 1, siaga, city, logId, atMs, bytes, positions, files };
    await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
    await flush(join(folder, MANIFEST));
    if (existsSync(join(folder, TLS))) await flush(join(folder, TLS));
    await flush(folder);
    return manifest;
  }

  /** A backup must not be what fills the disk the city lives on. */
  async #assertRoom(to: string): Promise<void> {
    const { dataDir, disk, reserveBytes } = this.#source;
    const [{ bavail, bsize }, target, home] = await Promise.all([statfs(to), stat(to), stat(dataDir)]);
    const needed = disk.report().usedBytes + (target.dev === home.dev ? reserveBytes : 0);
    if (bavail * bsize < needed)
      throw new Fault(
        'unavailable',
        `tidak cukup ruang di ${to} · not enough room: ${megabytes(bavail * bsize)} MB are free, ${megabytes(needed)} MB are needed`,
      );
  }
}

const megabytes = (bytes: number) => String(Math.ceil(bytes / 1024 ** 2));

/** `siaga-3574-20261122T005233Z`: sorts by time. */
const nameOf = (city: string, atMs: number) =>
  `siaga-${city}-${new Date(atMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;

/** A second one within a second has its own name, which sorts behind the first: `…Z-2`. */
function freeIn(to: string, name: string): string {
  for (let count = 1; ; count += 1) {
    const folder = join(to, count === 1 ? name : `${name}-${String(count)}`);
    if (!existsSync(folder)) return folder;
  }
}

/** Not what lies above it: that would hide a disk that is not mounted (and Node never ends to try so in some places). */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT')
      throw new Fault(
        'invalid',
        `folder di atas ${folder} tidak ada; disknya sudah terpasang? · there is no folder above ${folder}: is its disk mounted?`,
        { cause: error },
      );
    if (code !== 'EEXIST') throw error;
  });
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** What a crash or a removal left of this city's backups. */
async function removeLeftovers(to: string, city: string): Promise<void> {
  for (const name of await readdir(to))
    if (name.startsWith(`siaga-${city}-`) && name.endsWith('.partial'))
      await rm(join(to, name), { recursive: true, force: true });
}

/**
 * Removes all but the newest whole ones, by another name first, so that half of one is never taken for a whole one. The
 * one just made stays whatever the clock says: names of a time when it was ahead sort behind it.
 */
async function prune({ to, city, keep }: BackupRequest, made: string): Promise<string[]> {
  const others = (await readdir(to)).filter(
    (name) =>
      name !== made &&
      /^siaga-\w+-\d{8}T\d{6}Z(-\d+)?$/.test(name) &&
      name.startsWith(`siaga-${city}-`) &&
      existsSync(join(to, name, MANIFEST)),
  );
  const old = others
    .toSorted()
    .reverse()
    .slice(keep - 1);
  for (const name of old) {
    await rename(join(to, name), join(to, `${name}.partial`));
    await rm(join(to, `${name}.partial`), { recursive: true });
  }
  return old;
}

function asFault(error: unknown, to: string): Fault {
  if (error instanceof Fault) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new Fault('unavailable', `pencadangan ke ${to} gagal · the backup failed: ${why}`, { cause: error });
}
