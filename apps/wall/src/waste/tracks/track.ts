import type { TruckTrack } from '@siaga/contracts';

/** One fix of a track, for drawing and for the slider. */
export interface TrackPoint {
  atMs: number;
  lat: number;
  lng: number;
  speedKph?: number;
  headingDeg?: number;
}

/** Fixes of the answer, oldest first. */
export function trackPoints(track: TruckTrack): TrackPoint[] {
  return track.features
    .map(({ geometry: { coordinates }, properties: { atMs, speedKph, headingDeg } }): TrackPoint => ({
      atMs,
      lng: coordinates[0],
      lat: coordinates[1],
      ...(speedKph !== undefined && { speedKph }),
      ...(headingDeg !== undefined && { headingDeg }),
    }))
    .sort((one, other) => one.atMs - other.atMs);
}

/** The last fix at or before a moment; before the first one, the first. Undefined for an empty track. */
export function pointAt(points: readonly TrackPoint[], atMs: number): TrackPoint | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.atMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return points[Math.max(0, low - 1)];
}

/** Playing a day takes about this long on the screen, whatever the day held. */
const playForMs = 40_000;

/** The moment on the track after so many ms of playing, never past its end. */
export function playedTo(points: readonly TrackPoint[], atMs: number, elapsedMs: number): number {
  const first = points[0]?.atMs ?? 0;
  const last = points.at(-1)?.atMs ?? 0;
  const pace = Math.max(1, (last - first) / playForMs);
  return Math.min(last, Math.max(first, atMs) + elapsedMs * pace);
}

/**
 * Speed over time as the points of an SVG line in a box of `width` × `height`, time from left to right, at most one
 * point per pixel. A fix without speed is left out.
 */
export function speedLine(points: readonly TrackPoint[], width: number, height: number): string {
  const first = points[0]?.atMs ?? 0;
  const span = Math.max(1, (points.at(-1)?.atMs ?? 0) - first);
  const fastest = points.reduce((top, { speedKph = 0 }) => Math.max(top, speedKph), 20);
  const columns = new Map<number, number>();
  for (const { atMs, speedKph } of points) {
    if (speedKph === undefined) continue;
    const x = Math.round(((atMs - first) / span) * width);
    columns.set(x, Math.max(columns.get(x) ?? 0, speedKph));
  }
  return [...columns].map(([x, speed]) => `${String(x)},${(height - (speed / fastest) * height).toFixed(1)}`).join(' ');
}
