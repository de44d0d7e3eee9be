import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CityCode, Fault, StreetMap } from '@siaga/contracts';
import { z } from 'zod';

/** What was imported for one city; beside it a folder of that hash with the files. */
export const Manifest = StreetMap.extend({
  /** Of the files as they are written: an older one is imported again. */
  format: z.literal(1),
  city: CityCode,
});
export type Manifest = z.infer<typeof Manifest>;

/** Files of one import, in a folder that never changes. */
export const mapFiles = { places: 'places.json', roads: 'roads.json', drawing: 'streets.geojson.gz' } as const;

/** Imported maps of an installation: `<folder>/<city>/manifest.json`, and what it names. */
export class MapFolder {
  readonly #folder: string | undefined;

  /** Without a folder no city has a map. */
  constructor(folder: string | undefined) {
    this.#folder = folder === undefined ? undefined : path.resolve(folder);
  }

  /** @throws Fault `invalid` where maps have no folder. */
  cityFolder(city: string): string {
    if (this.#folder === undefined) throw new Fault('invalid', 'atur SIAGA_MAP · set SIAGA_MAP');
    return path.join(this.#folder, city);
  }

  manifestFile(city: string): string {
    return path.join(this.cityFolder(city), 'manifest.json');
  }

  fileOf({ city, hash }: Pick<Manifest, 'city' | 'hash'>, file: keyof typeof mapFiles): string {
    return path.join(this.cityFolder(city), hash, mapFiles[file]);
  }

  /** Undefined while nothing was imported for the city, or in a form of another version. */
  async manifest(city: string): Promise<Manifest | undefined> {
    if (this.#folder === undefined) return undefined;
    const text = await readFile(this.manifestFile(city), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    return Manifest.safeParse(parsed(text)).data;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
