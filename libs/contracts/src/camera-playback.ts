/** A stretch of time, epoch ms. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Without milliseconds: recorders that are strict about it refuse them. */
const iso = (atMs: number) => new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');

const forms: Readonly<Record<string, (atMs: number) => string>> = {
  '': iso,
  ':compact': (atMs) => iso(atMs).replaceAll(/[-:]/g, ''),
  ':s': (atMs) => String(Math.floor(atMs / 1000)),
  ':ms': (atMs) => String(atMs),
};

const PLACE = /(?:\{|%7B)(from|to)(:compact|:s|:ms)?(?:\}|%7D)/gi;

/** Whether an address of recordings says where the time goes. */
export const isPlaybackTemplate = (address: string): boolean => address.search(PLACE) >= 0;

/**
 * The address of what a camera recorded then. `{from}` and `{to}` become ISO 8601 in UTC (`2026-11-22T12:10:00Z`);
 * `{from:compact}` is `20261122T121000Z` (Hikvision, ISAPI), `{from:s}` epoch seconds (Frigate), `{from:ms}` epoch
 * milliseconds. An address without places for time is answered as it is.
 */
export const playbackAt = (address: string, { fromMs, toMs }: Stretch): string =>
  address.replaceAll(PLACE, (_, which: string, form = '') => {
    const write = forms[(form as string).toLowerCase()] ?? iso;
    return write(which.toLowerCase() === 'from' ? fromMs : toMs);
  });
