import type { Place } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';

/** Cell edge in degrees, about 550 m at the equator: a city's things lie a few per cell. */
const CELL_DEG = 0.005;
const METRES_PER_DEG = 110_000; // a little under the true 110,574: the box must never be too small

/** Keys by place, for "what is within 200 m". */
export class PlaceGrid {
  readonly #places = new Map<string, Place>();
  readonly #cells = new Map<string, Set<string>>();

  /** Moves a key; `undefined` takes it out. */
  put(key: string, place: Place | undefined): void {
    const before = this.#places.get(key);
    if (before !== undefined) this.#leave(key, before);
    if (place === undefined) return;
    this.#places.set(key, place);
    const name = cellOf(rowOf(place.lat), rowOf(place.lng));
    const cell = this.#cells.get(name);
    if (cell === undefined) this.#cells.set(name, new Set([key]));
    else cell.add(key);
  }

  /** Keys at most so many metres away, nearest first. */
  near(centre: Place, radiusM: number): string[] {
    const found: { key: string; metres: number }[] = [];
    for (const [key, place] of this.#candidates(centre, radiusM)) {
      const metres = distanceM(centre, place);
      if (metres <= radiusM) found.push({ key, metres });
    }
    return found.sort((a, b) => a.metres - b.metres).map(({ key }) => key);
  }

  *#candidates(centre: Place, radiusM: number): Iterable<[string, Place]> {
    const latDeg = radiusM / METRES_PER_DEG;
    const lngDeg = latDeg / Math.max(0.01, Math.cos(((Math.abs(centre.lat) + latDeg) * Math.PI) / 180));
    const rows = [rowOf(centre.lat - latDeg), rowOf(centre.lat + latDeg)] as const;
    const columns = [rowOf(centre.lng - lngDeg), rowOf(centre.lng + lngDeg)] as const;
    if ((rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) > this.#places.size) {
      yield* this.#places; // fewer things than cells
      return;
    }
    for (let row = rows[0]; row <= rows[1]; row++)
      for (let column = columns[0]; column <= columns[1]; column++)
        for (const key of this.#cells.get(cellOf(row, column)) ?? []) {
          const place = this.#places.get(key);
          if (place !== undefined) yield [key, place];
        }
  }

  #leave(key: string, place: Place): void {
    this.#places.delete(key);
    const name = cellOf(rowOf(place.lat), rowOf(place.lng));
    const cell = this.#cells.get(name);
    cell?.delete(key);
    if (cell?.size === 0) this.#cells.delete(name);
  }
}

const rowOf = (degrees: number) => Math.floor(degrees / CELL_DEG);
const cellOf = (row: number, column: number) => `${String(row)}:${String(column)}`;
