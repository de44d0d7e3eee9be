import { Fault } from '@siaga/contracts';

/** Ten minutes of a common camera are 150 MB. */
export const MOST_CLIP_BYTES = 200 * 1024 * 1024;
/** In one city, those on their way included. */
export const MOST_CLIPS = 200;
const MOST_GIGABYTES = 20;
const GIGABYTE = 1024 ** 3;

/** Why no further clip is kept in a city that has these; undefined when there is room. One on its way may become as large as any. */
export function fullWith(held: readonly { bytes?: number | undefined }[]): Fault | undefined {
  const bytes = held.reduce((sum, one) => sum + (one.bytes ?? MOST_CLIP_BYTES), 0);
  if (held.length < MOST_CLIPS && bytes + MOST_CLIP_BYTES <= MOST_GIGABYTES * GIGABYTE) return undefined;
  const most = `${String(MOST_CLIPS)} rekaman atau ${String(MOST_GIGABYTES)} GB`;
  const inEnglish = `the city keeps ${String(MOST_CLIPS)} clips or ${String(MOST_GIGABYTES)} GB at most: erase some first`;
  return new Fault(
    'conflict',
    `kota ini menyimpan paling banyak ${most}: hapus yang tidak diperlukan lagi · ${inEnglish}`,
  );
}
