import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Fault, type Area } from '@siaga/contracts';
import { clip } from './clip.ts';
import { drawingOf } from './drawing.ts';
import { mapFiles, MapFolder, type Manifest } from './folder.ts';
import { gazetteerOf } from './gazetteer.ts';
import type { NamedPlace } from './named-place.ts';
import { readOsm } from './osm-file.ts';
import { roadsOf } from './roads.ts';

/** What is imported for whom. */
export interface MapImport {
  readonly file: string;
  readonly city: string;
  readonly area: Area;
}

/**
 * Reads an extract of OpenStreetMap, keeps what lies in the area, and puts it in the place of the map before, whole or not
 * at all; the same extract again changes nothing but its time.
 * @throws Fault `invalid` for a file that is no extract, and for one that has no street in the area.
 */
export async function importMap(folder: MapFolder, { file, city, area }: MapImport): Promise<Manifest> {
  const cut = await clip(readOsm(file), area);
  const places = gazetteerOf(cut);
  const { roads, lengthM } = roadsOf(cut.ways);
  const drawing = drawingOf(cut.ways);
  if (drawing.features.length === 0)
    throw new Fault(
      'invalid',
      `tidak ada jalan dari wilayah kota ${city} di ${file}: ambil potongan yang memuat kotanya · no street of the city’s area is in it: take an extract that holds the city`,
    );
  const packed = await promisify(gzip)(JSON.stringify(drawing), { level: 9 });
  const contents = {
    [mapFiles.places]: Buffer.from(JSON.stringify(places)),
    [mapFiles.roads]: Buffer.from(JSON.stringify(roads)),
    [mapFiles.drawing]: packed,
  };
  const digest = createHash('sha256');
  for (const content of Object.values(contents)) digest.update(content);
  const hash = digest.digest('hex').slice(0, 16);
  const before = await folder.manifest(city);
  await keep(path.join(folder.cityFolder(city), hash), contents);
  const manifest: Manifest = {
    ...{ format: 1, city, hash, source: path.basename(file), area, importedAtMs: Date.now() },
    sourceAtMs: Math.floor(cut.takenAtMs ?? (await stat(file)).mtimeMs),
    counts: { ...countsOf(places), roadKm: Math.round(lengthM / 100) / 10 },
    drawingBytes: packed.length,
  };
  await replace(folder.manifestFile(city), JSON.stringify(manifest, null, 2));
  await forgetOthers(folder.cityFolder(city), [hash, before?.hash]);
  return manifest;
}

function countsOf(places: readonly NamedPlace[]) {
  const count = (kind: NamedPlace['kind']) => places.filter((place) => place.kind === kind).length;
  return { streets: count('street'), lanes: count('lane'), crossings: count('crossing'), landmarks: count('landmark') };
}

/**
 * A folder appears with all its files; one of that hash has them already. Everybody may read them, as the map of the world
 * they come from: a service often runs as another user than who imports.
 */
async function keep(folder: string, contents: Readonly<Record<string, Buffer>>): Promise<void> {
  const mine = `${folder}-${randomBytes(6).toString('hex')}`;
  await mkdir(mine, { recursive: true });
  for (const [name, content] of Object.entries(contents))
    await writeFile(path.join(mine, name), content, { flush: true });
  await rename(mine, folder).catch(async (error: unknown) => {
    await rm(mine, { recursive: true });
    if (!(error instanceof Error && 'code' in error && ['ENOTEMPTY', 'EEXIST'].includes(String(error.code))))
      throw error;
  });
}

async function replace(file: string, text: string): Promise<void> {
  const mine = `${file}-${randomBytes(6).toString('hex')}`;
  await writeFile(mine, text, { flush: true });
  await rename(mine, file);
}

/** The one before stays until the next import: a service may be reading it. */
async function forgetOthers(folder: string, kept: readonly (string | undefined)[]): Promise<void> {
  const folders = await readdir(folder, { withFileTypes: true });
  const others = folders.filter((entry) => entry.isDirectory() && !kept.includes(entry.name));
  await Promise.all(others.map(({ name }) => rm(path.join(folder, name), { recursive: true, force: true })));
}
