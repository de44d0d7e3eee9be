import type { Place } from '@siaga/contracts';
import { distanceM } from './sphere.ts';

/** What a search found, and how far away it is. */
export interface Near<Key> {
  readonly key: Key;
  readonly place: Place;
  readonly distanceM: number;
}

/** One degree of latitude is never shorter than this, in metres. */
const DEGREE_M = 110_500;

/**
 * Keys at places, to be found by nearness. Cells of `cellDeg` degrees (0.005° ≈ 550 m) keep a search to its
 * neighbourhood. Not across the poles or the date line.
 */
export class Grid<Key = string> {
  readonly #cells = new Map<string, Set<Key>>();
  readonly #places = new Map<Key, Place>();
  readonly #cellDeg: number;

  constructor(cellDeg = 0.005) {
    this.#cellDeg = cellDeg;
  }

  get size(): number {
    return this.#places.size;
  }

  /** Puts a key at a place, or moves it there. */
  put(key: Key, place: Place): void {
    this.remove(key);
    this.#places.set(key, place);
    const cell = this.#cellOf(place);
    const keys = this.#cells.get(cell);
    if (keys === undefined) this.#cells.set(cell, new Set([key]));
    else keys.add(key);
  }

  remove(key: Key): boolean {
    const place = this.#places.get(key);
    if (place === undefined) return false;
    const cell = this.#cellOf(place);
    const keys = this.#cells.get(cell);
    keys?.delete(key);
    if (keys?.size === 0) this.#cells.delete(cell);
    return this.#places.delete(key);
  }

  /** Keys at most `radiusM` metres away, nearest first. */
  near(place: Place, radiusM: number): Near<Key>[] {
    const found: Near<Key>[] = [];
    for (const key of this.#around(place, radiusM)) {
      const at = this.#places.get(key);
      if (at === undefined) continue;
      const metres = distanceM(place, at);
      if (metres <= radiusM) found.push({ key, place: at, distanceM: metres });
    }
    return found.sort((a, b) => a.distanceM - b.distanceM);
  }

  /** Keys of the cells a circle touches; all keys when that is cheaper. */
  *#around(place: Place, radiusM: number): Generator<Key> {
    const latDeg = radiusM / DEGREE_M;
    const farthestLat = Math.min(89.9, Math.abs(place.lat) + latDeg);
    const lngDeg = latDeg / Math.cos((farthestLat * Math.PI) / 180);
    const [south, north] = [this.#index(place.lat - latDeg), this.#index(place.lat + latDeg)];
    const [west, east] = [this.#index(place.lng - lngDeg), this.#index(place.lng + lngDeg)];
    if ((north - south + 1) * (east - west + 1) > this.#cells.size) {
      yield* this.#places.keys();
      return;
    }
    for (let row = south; row <= north; row += 1) {
      for (let column = west; column <= east; column += 1) {
        yield* this.#cells.get(`${String(row)},${String(column)}`) ?? [];
      }
    }
  }

  #index(degrees: number): number {
    return Math.floor(degrees / this.#cellDeg);
  }

  #cellOf(place: Place): string {
    return `${String(this.#index(place.lat))},${String(this.#index(place.lng))}`;
  }
}
