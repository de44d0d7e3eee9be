import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '@siaga/contracts';
import { holdDataFolder } from '../data-folder.ts';
import { renewLog } from '../log/renew-log.ts';
import { DATABASE, filesBesideIn, flush, readManifest, sha256Of, TLS, type Manifest } from './manifest.ts';

/** Being filled: until it is renamed the old data are the data. */
const RESTORING = 'restoring';
/** Whole: its files are on their way to their places. */
const RESTORED = 'restored';

export interface RestoreOptions {
  /** A backup: the folder with its manifest. */
  from: string;
  dataDir: string;
  /** The data that are there are given up. */
  replace: boolean;
  /** The city the data folder is for; a backup of another is refused. Absent: any. */
  city?: string;
}

/**
 * Puts a backup in the place of a stopped city's data. Killed at any moment it leaves the old data or the new. Its log gets
 * a new id, so that every position of before fails cleanly. @throws Fault `conflict` while a city runs on the folder, when it
 * holds one, or when the backup is another city's; `invalid` for a backup that is not whole.
 */
export async function restoreBackup({ from, dataDir, replace, city }: RestoreOptions): Promise<Manifest> {
  const manifest = await readManifest(from);
  if (city !== undefined && manifest.city !== city)
    throw new Fault(
      'conflict',
      `cadangan ini milik kota ${manifest.city}, bukan ${city} · this backup is of city ${manifest.city}: set SIAGA_CITY to restore it`,
    );
  const release = await holdDataFolder(dataDir);
  try {
    await finishRestore(dataDir); // one that was cut off before: what it brought is what this one replaces
    if (!replace && existsSync(join(dataDir, DATABASE)))
      throw new Fault(
        'conflict',
        `${dataDir} sudah berisi data kota: tambahkan --replace untuk menggantinya, atau sebutkan folder lain dengan SIAGA_DATA · already holds a city: add --replace to give it up, or name another folder with SIAGA_DATA`,
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
    await rename(restoring, join(dataDir, RESTORED));
    await flush(dataDir);
    await finishRestore(dataDir);
    return manifest;
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

/** Puts what was restored whole in its place, before anything in the data folder is read. May be done by several at once. */
export async function finishRestore(dataDir: string): Promise<void> {
  const restored = join(dataDir, RESTORED);
  if (!existsSync(restored)) return;
  for (const name of await filesBesideIn(restored)) await moveInto(restored, dataDir, name);
  if (existsSync(join(restored, DATABASE))) await rm(join(dataDir, `${DATABASE}-lock`), { force: true });
  await moveInto(restored, dataDir, DATABASE);
  if (existsSync(join(dataDir, TLS))) await flush(join(dataDir, TLS));
  await flush(dataDir);
  await rm(restored, { recursive: true, force: true });
}

/** Whoever was quicker has moved it already. */
async function moveInto(from: string, to: string, name: string): Promise<void> {
  await mkdir(dirname(join(to, name)), { recursive: true, mode: 0o700 });
  await rename(join(from, name), join(to, name)).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
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
