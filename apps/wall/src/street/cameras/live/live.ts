import type { OpenedCamera } from '../view/view-tickets.ts';
import type { LiveWhy } from './live-trouble.ts';
import type { LiveWay } from './play.ts';

/**
 * How a camera's moving picture is. `none`: it has none, or nothing is known yet. `starting`: asked for. `moving`: what is
 * shown is now. `stopped`: connected, and no new frame comes. `failed`: stills until it is tried again.
 */
export interface Live {
  phase: 'none' | 'starting' | 'moving' | 'stopped' | 'failed';
  /** As whom one watches. */
  opened?: OpenedCamera;
  /** Which of the two pictures is drawn. */
  as?: LiveWay;
  /** City time since when; that of the last frame where one stopped. */
  sinceMs?: number;
  why?: LiveWhy;
}

/** It is asked for; one that failed is said to have failed until it moves. */
export const asked = (before: Live, opened: OpenedCamera): Live =>
  before.phase === 'failed' ? { ...before, opened } : { phase: 'starting', opened };

/** Frames come, or do not; the same object when nothing is new. */
export function seen(before: Live, { phase, as, sinceMs }: Required<Pick<Live, 'phase' | 'as' | 'sinceMs'>>): Live {
  if (before.phase === phase && before.as === as) return before;
  return { phase, as, sinceMs, ...openedOf(before) };
}

/** It failed now, or still does: since when it does so stays. */
export function failed(before: Live, { why, nowMs }: { why: LiveWhy; nowMs: number }): Live {
  const sinceMs = before.phase === 'failed' ? (before.sinceMs ?? nowMs) : nowMs;
  return { phase: 'failed', why, sinceMs, ...openedOf(before) };
}

/** A new ticket, nothing else. */
export const renewed = (before: Live, opened: OpenedCamera): Live =>
  before.opened === opened ? before : { ...before, opened };

const openedOf = ({ opened }: Live) => (opened === undefined ? {} : { opened });
