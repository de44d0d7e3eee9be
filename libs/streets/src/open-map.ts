import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Manifest, MapFolder } from './folder.ts';
import { NamedPlace } from './named-place.ts';
import { PlaceSearch } from './place-search.ts';
import { RoadNetwork } from './road-network.ts';
import { Roads } from './roads.ts';

/** A city's streets, ready to be asked. */
export interface OpenMap {
  readonly manifest: Manifest;
  readonly places: PlaceSearch;
  readonly roads: RoadNetwork;
}

/** A manifest is looked at so often at most. */
const LOOK_EVERY_MS = 2000;

interface Opened {
  lookedAtMs: number;
  hash: string | undefined;
  map: Promise<OpenMap | undefined>;
}

/** Maps of the cities of this process; one that is imported anew is taken up within seconds. */
export class OpenMaps {
  readonly #open = new Map<string, Opened>();
  readonly #folder: MapFolder;
  readonly #tell: (error: unknown, city: string) => void;

  /** `tell` hears of a map that cannot be opened. */
  constructor(folder: MapFolder, tell: (error: unknown, city: string) => void) {
    this.#folder = folder;
    this.#tell = tell;
  }

  /** Undefined while nothing was imported for the city; the one before while the newest cannot be opened. */
  async of(city: string): Promise<OpenMap | undefined> {
    const open = this.#open.get(city);
    const nowMs = performance.now();
    if (open !== undefined && nowMs - open.lookedAtMs < LOOK_EVERY_MS) return open.map;
    const manifest = await this.#folder.manifest(city);
    if (open !== undefined && open.hash === manifest?.hash) {
      open.lookedAtMs = nowMs;
      return open.map;
    }
    const opening = manifest === undefined ? Promise.resolve(undefined) : openMap(this.#folder, manifest);
    const now: Opened = { lookedAtMs: nowMs, hash: manifest?.hash, map: opening };
    now.map = opening.catch((error: unknown) => {
      this.#tell(error, city);
      now.hash = undefined; // tried again at the next look
      return open?.map;
    });
    this.#open.set(city, now);
    return now.map;
  }
}

async function openMap(folder: MapFolder, manifest: Manifest): Promise<OpenMap> {
  const read = async (file: 'places' | 'roads'): Promise<unknown> =>
    JSON.parse(await readFile(folder.fileOf(manifest, file), 'utf8'));
  const [places, roads] = await Promise.all([read('places'), read('roads')]);
  return {
    manifest,
    places: new PlaceSearch(z.array(NamedPlace).parse(places)),
    roads: new RoadNetwork(Roads.parse(roads)),
  };
}
