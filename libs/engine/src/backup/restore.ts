import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '@siaga/contracts';
import { holdDataFolder } from '../data-folder.ts';
import { renewLog } from '../log/renew-log.ts';
import {
  DATABASE,
  filesBesideIn,
  flush,
  installationIn,
  readManifest,
  sha256Of,
  TLS,
  type Manifest,
} from './manifest.ts';

/** Being filled: until it is renamed the old data are the data. */
const RESTORING = 'restoring';
/** Whole: what was there before is on its way aside. */
const REPLACING = 'replacing';
/** Alone: its files are on their way to their places. */
const RESTORED = 'restored';
/** What was there before, while it may not be all of it; then it is called by its time. */
const ASIDE = 'replaced.partial';

/** What was restored, and the folder in which what it replaced lies now, if anything was there. */
export type Restored = Manifest & { replaced?: string };

export interface RestoreOptions {
  /** A backup: the folder with its manifest. */
  from: string;
  dataDir: string;
  /** The installation that is there is moved aside. */
  replace: boolean;
  /** The city the data folder is for; a backup of another is refused. Absent: any. */
  city?: string;
}

/**
 * Puts a backup in the place of a stopped city's data, which stay beside it in a folder `replaced-20261122T005233Z`: all of
 * them, also what the backup has nothing of (added cities, certificates, a secret), or the city would be a mixture of two.
 * Killed at any moment it leaves the old data or the new. Its log gets a new id, so that every position of before fails
 * cleanly. @throws Fault `conflict` while a city runs on the folder, when it holds one, or when the backup is another city's;
 * `invalid` for a backup that is not whole.
 */
export async function restoreBackup({ from, dataDir, replace, city }: RestoreOptions): Promise<Restored> {
  const manifest = await readManifest(from);
  if (city !== undefined && manifest.city !== city)
    throw new Fault(
      'conflict',
      `cadangan ini milik kota ${manifest.city}, bukan ${city} · this backup is of city ${manifest.city}: set SIAGA_CITY to restore it`,
    );
  const release = await holdDataFolder(dataDir);
  try {
    await finishRestore(dataDir); // one that was cut off before: what it brought is what this one replaces
    if (!replace && installationIn(dataDir).length > 0)
      throw new Fault(
        'conflict',
        `${dataDir} sudah berisi data kota: tambahkan --replace untuk menggantinya (yang lama dipindahkan ke samping), atau sebutkan folder lain dengan SIAGA_DATA · already holds a city: add --replace to move it aside, or name another folder with SIAGA_DATA`,
      );
    const restoring = join(dataDir, RESTORING);
    await rm(restoring, { recursive: true, force: true });
    await assertRoom(dataDir, manifest);
    await mkdir(restoring, { mode: 0o700 });
    for (const file of manifest.files) await copyVerified(file, from, restoring);
    await renewLog(join(restoring, DATABASE), manifest);
    await flush(join(restoring, DATABASE));
    if (existsSync(join(restoring, TLS))) await flush(join(restoring, TLS));
    await flush(restoring);
    await rename(restoring, join(dataDir, REPLACING));
    await flush(dataDir);
    const replaced = await finishRestore(dataDir);
    return { ...manifest, ...(replaced === undefined ? {} : { replaced }) };
  } finally {
    await release();
  }
}

/** @throws Fault `conflict` when a restore was cut off before its backup was whole: a person says which data count. */
export function refuseHalfRestore(dataDir: string): void {
  const restoring = join(dataDir, RESTORING);
  if (existsSync(restoring))
    throw new Fault(
      'conflict',
      `pemulihan belum selesai · a restore into ${dataDir} was cut off: run it again (npm run -s siaga -- restore --from … --replace), or remove ${restoring} to go on with what was there`,
    );
}

/**
 * Finishes what a killed restore left whole, before anything in the data folder is read. @throws Fault `conflict` while an
 * engine or another start has the folder.
 */
export async function endRestore(dataDir: string): Promise<void> {
  if (!isHalfWay(dataDir)) return;
  const release = await holdDataFolder(dataDir);
  try {
    await finishRestore(dataDir);
  } finally {
    await release();
  }
}

/** By whoever has claimed the data folder. Puts what was restored whole in its place; answers where what was there is now. */
export async function finishRestore(dataDir: string): Promise<string | undefined> {
  if (!isHalfWay(dataDir)) return undefined;
  const [replacing, restored] = [join(dataDir, REPLACING), join(dataDir, RESTORED)];
  const aside = join(dataDir, ASIDE);
  if (existsSync(replacing)) {
    for (const name of installationIn(dataDir)) await moveInto(aside, dataDir, name);
    if (existsSync(aside)) await flush(aside);
    await flush(dataDir);
    await rename(replacing, restored);
  }
  if (existsSync(restored)) {
    for (const name of [...(await filesBesideIn(restored)), DATABASE]) await moveInto(dataDir, restored, name);
    if (existsSync(join(dataDir, TLS))) await flush(join(dataDir, TLS));
    await flush(dataDir);
    await rm(restored, { recursive: true, force: true });
  }
  return nameByTime(aside);
}

const isHalfWay = (dataDir: string) => [REPLACING, RESTORED, ASIDE].some((name) => existsSync(join(dataDir, name)));

/** What was moved already, before it was cut off, is not there. */
async function moveInto(to: string, from: string, name: string): Promise<void> {
  if (!existsSync(join(from, name))) return;
  await mkdir(dirname(join(to, name)), { recursive: true, mode: 0o700 });
  await rename(join(from, name), join(to, name));
}

/** `replaced-20261122T005233Z`, or `…Z-2` when there is one; undefined when nothing lies aside. */
async function nameByTime(aside: string): Promise<string | undefined> {
  if (!existsSync(aside)) return undefined;
  const name = join(dirname(aside), `replaced-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`);
  for (let count = 1; ; count += 1) {
    const folder = count === 1 ? name : `${name}-${String(count)}`;
    if (existsSync(folder)) continue;
    await rename(aside, folder);
    return folder;
  }
}

async function copyVerified(file: Manifest['files'][number], from: string, to: string): Promise<void> {
  const copy = join(to, file.name);
  const source = join(from, file.name);
  await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
  if (existsSync(source)) await copyFile(source, copy);
  else await writeFile(copy, ''); // as damaged as can be
  await chmod(copy, 0o600);
  await flush(copy);
  if ((await sha256Of(copy)) !== file.sha256) {
    await rm(to, { recursive: true });
    throw new Fault(
      'invalid',
      `${source} rusak atau hilang · is damaged or missing: its checksum is not that of the manifest; use another backup`,
    );
  }
}

async function assertRoom(dataDir: string, { bytes }: Manifest): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize < bytes)
    throw new Fault(
      'unavailable',
      `tidak cukup ruang di ${dataDir} · not enough room: the backup has ${String(Math.ceil(bytes / 1024 ** 2))} MB`,
    );
}
