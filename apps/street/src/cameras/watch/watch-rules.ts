import type { CameraHealth } from '@siaga/contracts';
import type { Depth, Finding } from '../probe/camera-probe.ts';

/** How often cameras are looked at, and how long something must be so before it is believed. */
export interface Pace {
  readonly everyMs: number;
  /** While something is doubted. */
  readonly doubtedMs: number;
  /** Trouble must last so long; a picture that is back, a third of it. */
  readonly confirmMs: number;
  readonly returnMs: number;
  /** Nobody looked for longer: what was doubted before says nothing. */
  readonly gapMs: number;
  /** Stills and packets cost a radio link more than a description: so seldom, when all is well. */
  readonly pictureMs: number;
}

/** All of it follows from one number: 60 s in a city. */
export const paceOf = (everyMs: number): Pace => ({
  ...{ everyMs, doubtedMs: everyMs / 3, confirmMs: everyMs, returnMs: everyMs / 3 },
  ...{ gapMs: everyMs * 3, pictureMs: everyMs * 5 },
});

/** What is believed of a camera, and what is doubted. */
export interface Watched {
  readonly health: CameraHealth;
  readonly sinceMs: number;
  readonly checkedAtMs: number;
  readonly lastPictureAtMs?: number | undefined;
  /** When stills of it were compared last, or begun to be. */
  readonly judgedAtMs?: number | undefined;
  /** Why it is so, in words. */
  readonly detail?: string | undefined;
  /** What looks say since then, unless they say what is believed. */
  readonly doubt?: { readonly health: CameraHealth; readonly sinceMs: number } | undefined;
}

type Seen = Pick<Finding, 'atMs' | 'health' | 'judged' | 'hadPicture'> & { detail?: string | undefined };

/**
 * What is believed after one more look. Trouble is believed when every look of a minute saw some, so a link that flaps is
 * no news; a picture when it stays for a third of that. What nobody has looked at before is believed at once to be well.
 */
export function observed(before: Watched, seen: Seen, pace: Pace): Watched {
  if (seen.atMs < before.checkedAtMs) return before;
  const { doubt, ...held } = before;
  const looked = {
    ...held,
    checkedAtMs: seen.atMs,
    ...(seen.hadPicture ? { lastPictureAtMs: seen.atMs } : {}),
    ...(seen.judged === 'not-judged' ? {} : { judgedAtMs: seen.atMs }),
  };
  const believed = (sinceMs: number) => ({ ...looked, health: seen.health, sinceMs, detail: seen.detail });
  if (seen.health === before.health) return believed(before.sinceMs);
  const isNew = before.health === 'unchecked' && isWell(seen.health);
  if (isNew || seen.health === 'unchecked') return believed(seen.atMs);
  const isSameDoubt = doubt !== undefined && isWell(doubt.health) === isWell(seen.health);
  const sinceMs = isSameDoubt && seen.atMs - before.checkedAtMs <= pace.gapMs ? doubt.sinceMs : seen.atMs;
  const neededMs = isWell(seen.health) ? pace.returnMs : pace.confirmMs;
  if (seen.atMs - sinceMs >= neededMs) return believed(sinceMs);
  return { ...looked, doubt: { health: seen.health, sinceMs } };
}

const isWell = (health: CameraHealth) => health === 'live';

/** How closely to look next: what is doubted is not cleared by a camera's word that it has a picture. */
export function depthOf(
  { health, doubt, lastPictureAtMs = 0, judgedAtMs = 0 }: Watched,
  { hasStills, nowMs }: { hasStills: boolean; nowMs: number },
  { pictureMs }: Pace,
): Depth {
  const isOfStills = [health, doubt?.health].some((one) => one === 'frozen' || one === 'black');
  if (hasStills && (isOfStills || nowMs - judgedAtMs >= pictureMs)) return 'picture';
  const isSettled = health === 'live' && doubt === undefined && nowMs - lastPictureAtMs < pictureMs;
  return isSettled ? 'description' : 'packets';
}

/** A camera locks out who tries a wrong password too often. */
const REFUSED_TIMES = 10;

/**
 * When to look next. Looks lie on a grid: cameras of one link, which have the same `phase` (0 to 1), are looked at in one
 * moment, so that a link that falls is seen to fall; the others are spread.
 */
export function nextLookMs({ health, doubt }: Watched, { nowMs, phase }: { nowMs: number; phase: number }, pace: Pace) {
  const calmMs = health === 'refused' ? pace.everyMs * REFUSED_TIMES : pace.everyMs;
  const periodMs = doubt === undefined ? calmMs : pace.doubtedMs;
  const offsetMs = Math.floor(phase * pace.doubtedMs);
  return (Math.floor((nowMs - offsetMs) / periodMs) + 1) * periodMs + offsetMs;
}
