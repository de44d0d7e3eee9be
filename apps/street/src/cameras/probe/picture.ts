import { decode } from 'jpeg-js';

/** Grey levels of a picture, 0 to 255, by cells of a coarse grid. */
export interface Picture {
  readonly grey: readonly number[];
}

const COLUMNS = 32;
const ROWS = 18;
/** Decoding is done between other work: a Full HD still is, more is not. */
const MOST_MEGAPIXELS = 2.2;
const MOST_MEGABYTES = 96;
/** A baseline picture has one scan, or one for each colour; each costs a pass over the whole of it. */
const MOST_SCANS = 4;
const START_OF_SCAN = Buffer.from([0xff, 0xda]);

/** Lens cap, dead sensor, or a night without a lamp: nothing in it is brighter. Of a scene with one lamp, some cell is. */
const DARK = 20;
/** Noise of a living sensor moves some cell by more; the same picture sent twice moves none. */
const SAME = 0.5;

/** A baseline JPEG as grey levels; undefined for what cannot be decoded, or would take long to be. */
export function pictureIn(jpeg: Buffer): Picture | undefined {
  const megapixels = megapixelsOf(jpeg);
  if (megapixels === undefined || megapixels > MOST_MEGAPIXELS || hasMoreScans(jpeg, MOST_SCANS)) return undefined;
  try {
    const { width, height, data } = decode(jpeg, {
      ...{ useTArray: true, formatAsRGBA: true, tolerantDecoding: true },
      ...{ maxResolutionInMP: MOST_MEGAPIXELS, maxMemoryUsageInMB: MOST_MEGABYTES },
    });
    return { grey: greyOf({ width, height, data }) };
  } catch {
    return undefined;
  }
}

/** Nothing to be seen in it. */
export const isBlack = ({ grey }: Picture): boolean => grey.every((level) => level < DARK);

/** The same picture, not another one of the same scene. */
export const isSame = (one: Picture, other: Picture): boolean =>
  one.grey.length === other.grey.length &&
  one.grey.every((level, at) => Math.abs(level - (other.grey[at] ?? -255)) < SAME);

/** Means of BT.601 luma. */
function greyOf({ width, height, data }: { width: number; height: number; data: Uint8Array }): number[] {
  const sums = new Float64Array(COLUMNS * ROWS);
  const counts = new Uint32Array(COLUMNS * ROWS);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * ROWS) / height) * COLUMNS;
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const cell = row + Math.floor((x * COLUMNS) / width);
      const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      sums[cell] = (sums[cell] ?? 0) + 0.299 * red + 0.587 * green + 0.114 * blue;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return Array.from(sums, (sum, cell) => sum / Math.max(1, counts[cell] ?? 1));
}

/** Within a scan no 0xff is followed by a marker (ITU T.81 §B.1.1.5): each of these two bytes begins one. */
function hasMoreScans(jpeg: Buffer, most: number): boolean {
  let scans = 0;
  for (let at = jpeg.indexOf(START_OF_SCAN); at !== -1; at = jpeg.indexOf(START_OF_SCAN, at + 2)) {
    scans += 1;
    if (scans > most) return true;
  }
  return false;
}

/**
 * From its frame header (ITU T.81 §B.2.2), before anything is decoded. undefined for a progressive picture: it may ask for
 * hundreds of passes, and cameras send none.
 */
function megapixelsOf(jpeg: Buffer): number | undefined {
  for (let at = 2; at + 9 < jpeg.length;) {
    if (jpeg.readUInt8(at) !== 0xff) return undefined;
    const marker = jpeg.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && marker > 0xc1) return undefined;
    if (isFrame) return (jpeg.readUInt16BE(at + 5) * jpeg.readUInt16BE(at + 7)) / 1e6;
    at += marker === 0xff ? 1 : 2 + jpeg.readUInt16BE(at + 2);
  }
  return undefined;
}
