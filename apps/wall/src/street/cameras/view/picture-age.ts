/** A still that took so much longer than it should is not shown as if it were now. */
const LATE_MS = 8000;

/** `fresh`: as it is now. `old`: what was there then. `none`: nothing has come yet. */
export type PictureAge = 'fresh' | 'old' | 'none';

/** How a still that came at `atMs` is shown, where another one is asked for every `everyMs`. */
export function pictureAge(atMs: number | undefined, nowMs: number, everyMs: number): PictureAge {
  if (atMs === undefined) return 'none';
  return nowMs - atMs <= everyMs + LATE_MS ? 'fresh' : 'old';
}
