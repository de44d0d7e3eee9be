import type { CameraHealth } from '@siaga/contracts';

/** Cameras that fall in one moment fall together. */
const TOGETHER_MS = 10_000;

/**
 * Since when a link is down, epoch ms, concluded from its cameras: all of them, two at least, out of reach, and fallen
 * within 10 s. One that is down stays so until any of them can be reached; cameras nobody looked at say nothing.
 */
export function linkDownSince(
  cameras: readonly { readonly health: CameraHealth; readonly sinceMs: number }[],
  downSinceMs: number | undefined,
): number | undefined {
  const watched = cameras.filter(({ health }) => health !== 'unchecked');
  if (watched.length === 0 || watched.some(({ health }) => health !== 'unreachable')) return undefined;
  if (downSinceMs !== undefined) return downSinceMs;
  const since = watched.map(({ sinceMs }) => sinceMs);
  const [first, last] = [Math.min(...since), Math.max(...since)];
  return watched.length >= 2 && last - first <= TOGETHER_MS ? first : undefined;
}
