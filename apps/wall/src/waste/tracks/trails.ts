/** Where a truck was; the smallest part of a fix that a line needs. */
export interface TrailPoint {
  atMs: number;
  lat: number;
  lng: number;
}

/** Longer silence than this is a gap: no line is drawn over a way nobody saw. */
export const gapMs = 5 * 60_000;

/** The last minutes of every truck's way, kept by time whatever order reports arrive in. */
export class Trails {
  readonly #points = new Map<string, TrailPoint[]>();
  readonly #keepMs: number;

  /** `keepMs`: how far back a trail reaches. */
  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** Adds one report. A repeat of the same time changes nothing. */
  add(truckId: string, { atMs, lat, lng }: TrailPoint): void {
    let points = this.#points.get(truckId);
    if (points === undefined) this.#points.set(truckId, (points = []));
    let after = points.length;
    while (after > 0 && (points[after - 1]?.atMs ?? 0) > atMs) after -= 1;
    if (points[after - 1]?.atMs === atMs) return;
    points.splice(after, 0, { atMs, lat, lng });
  }

  /** Forgets what is older than a trail reaches. */
  trim(nowMs: number): void {
    for (const [truckId, points] of this.#points) {
      const first = points.findIndex((point) => point.atMs >= nowMs - this.#keepMs);
      if (first === -1) this.#points.delete(truckId);
      else if (first > 0) points.splice(0, first);
    }
  }

  /** Points of one truck, oldest first. */
  of(truckId: string): readonly TrailPoint[] {
    return this.#points.get(truckId) ?? [];
  }

  /** Trucks that have a trail. */
  truckIds(): IterableIterator<string> {
    return this.#points.keys();
  }
}

/** Splits a way, oldest first, where nothing was heard for longer than {@link gapMs}. */
export function stretchesOf<Point extends { atMs: number }>(points: readonly Point[]): Point[][] {
  const stretches: Point[][] = [];
  let before: Point | undefined;
  for (const point of points) {
    const current = stretches.at(-1);
    if (current === undefined || before === undefined || point.atMs - before.atMs > gapMs) stretches.push([point]);
    else current.push(point);
    before = point;
  }
  return stretches;
}
