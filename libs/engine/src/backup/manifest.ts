import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@siaga/contracts';
import { z } from 'zod';

export const MANIFEST = 'manifest.json';
export const DATABASE = 'siaga.lmdb';
/** Signs access tokens; absent where the environment brings it. */
export const SECRET = 'secret';
/** Cities that were added; absent where none was. */
export const CITIES = 'cities.json';
/** The city's own certificate authority, its certificate, and the keys of both; absent where none were made. */
export const TLS = 'tls';

/** Also what keeps a manifest that somebody wrote from naming files elsewhere. */
const tlsFile = /^tls\/\w[\w.-]*\.(crt|key)$/;

/** Names of what a folder holds of a city beside its database, in the order in which they come back. */
export async function filesBesideIn(folder: string): Promise<string[]> {
  const tls = existsSync(join(folder, TLS)) ? await readdir(join(folder, TLS)) : [];
  const certificates = tls.map((name) => `${TLS}/${name}`).filter((name) => tlsFile.test(name));
  return [SECRET, CITIES, ...certificates.toSorted()].filter((name) => existsSync(join(folder, name)));
}

/** All there is of an installation in a folder, whole folders by their name: what a restore puts another in the place of. */
export function installationIn(folder: string): string[] {
  return [DATABASE, `${DATABASE}-lock`, SECRET, CITIES, TLS].filter((name) => existsSync(join(folder, name)));
}

const Count = z.number().int().min(0);

/** What a backup holds. It is written last: a folder without it is no backup. */
export const Manifest = z.object({
  format: z.literal(1),
  /** Version of Siaga that made it. */
  siaga: z.string(),
  city: z.string(),
  /** The log it is of. A restored city has another. */
  logId: z.string(),
  atMs: z.number().int(),
  bytes: Count,
  /** Offset the next record of each partition would have got. */
  positions: z.array(z.object({ topic: z.string(), partition: Count, next: Count })),
  files: z
    .array(
      z.object({
        name: z.union([z.enum([DATABASE, SECRET, CITIES]), z.string().regex(tlsFile)]),
        bytes: Count,
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .refine((files) => files.some(({ name }) => name === DATABASE), 'without a database'),
});
export type Manifest = z.infer<typeof Manifest>;

/** @throws Fault `invalid` when the folder is no whole backup of a format this version knows. */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    return Manifest.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch (cause) {
    throw new Fault(
      'invalid',
      `${folder} bukan cadangan utuh · is no whole backup: ${MANIFEST} is missing or not of this version${await hintAt(folder)}`,
      { cause },
    );
  }
}

/** What whoever named this folder may have meant: the newest backup in it, or a disk that is not there. */
async function hintAt(folder: string): Promise<string> {
  if (!existsSync(folder)) return '; disknya sudah terpasang? · is its disk mounted?';
  const names = await readdir(folder).catch(() => []);
  const newest = names
    .filter((name) => existsSync(join(folder, name, MANIFEST)))
    .toSorted()
    .at(-1);
  return newest === undefined ? '' : `; yang terbaru di dalamnya · the newest in it: ${join(folder, newest)}`;
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Waits until a file or folder is on the disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows opens no folder for this, and flushes its entries by itself
    if (!(await stat(path)).isDirectory()) throw error;
  } finally {
    await handle.close();
  }
}
