import type { Place } from '@siaga/contracts';
import { between } from '@siaga/geo';

interface Leg {
  from: Place;
  to: Place;
  startMs: number;
  endMs: number;
}

/** No glide is longer: after a tunnel a marker shall be where it is, not crawl there. */
const longestGlideMs = 12_000;
/** After a longer silence the marker goes to its place in this time. */
const catchUpMs = 800;

/**
 * Linear movement between fixes. A marker takes as long to reach a new fix as the fixes are apart, so that it never
 * stands and jumps. Times are of one monotonic clock, in ms.
 */
export class Motion {
  readonly #legs = new Map<string, Leg>();
  readonly #still: boolean;

  /** `still`: markers jump to their place (the reader asked for reduced motion). */
  constructor({ still }: { still: boolean }) {
    this.#still = still;
  }

  /** A new fix of a marker, heard at `nowMs`. The same place again is no movement. */
  go(key: string, to: Place, nowMs: number): void {
    const leg = this.#legs.get(key);
    if (leg === undefined || this.#still) {
      this.#legs.set(key, { from: to, to, startMs: nowMs, endMs: nowMs });
      return;
    }
    if (leg.to.lat === to.lat && leg.to.lng === to.lng) {
      if (nowMs >= leg.endMs) this.#legs.set(key, { from: to, to, startMs: nowMs, endMs: nowMs });
      return;
    }
    const apartMs = nowMs - leg.startMs;
    const glideMs = apartMs > longestGlideMs ? catchUpMs : apartMs;
    this.#legs.set(key, { from: placeOn(leg, nowMs), to, startMs: nowMs, endMs: nowMs + glideMs });
  }

  /** Forgets markers that are no longer there. */
  keep(keys: { has(key: string): boolean }): void {
    for (const key of this.#legs.keys()) if (!keys.has(key)) this.#legs.delete(key);
  }

  /** Where the marker is drawn at a moment. */
  at(key: string, nowMs: number): Place | undefined {
    const leg = this.#legs.get(key);
    return leg === undefined ? undefined : placeOn(leg, nowMs);
  }

  /** Degrees per ms of the fastest marker under way; 0 when all stand and nothing need be drawn. */
  fastest(nowMs: number): number {
    let fastest = 0;
    for (const { from, to, startMs, endMs } of this.#legs.values()) {
      if (nowMs >= endMs) continue;
      const span = Math.max(Math.abs(to.lat - from.lat), Math.abs(to.lng - from.lng));
      fastest = Math.max(fastest, span / (endMs - startMs));
    }
    return fastest;
  }

  /** When the last marker under way arrives. */
  arrivesMs(): number {
    let latest = 0;
    for (const { endMs } of this.#legs.values()) latest = Math.max(latest, endMs);
    return latest;
  }
}

function placeOn({ from, to, startMs, endMs }: Leg, nowMs: number): Place {
  if (nowMs >= endMs) return to;
  return between(from, to, Math.max(0, (nowMs - startMs) / (endMs - startMs)));
}

/**
 * Ms to wait until the fastest marker has moved half a pixel: drawing sooner changes nothing anybody sees. Between one
 * frame and a quarter of a second.
 */
export function frameIntervalMs(degreesPerMs: number, pixelsPerDegree: number): number {
  const pixelsPerMs = degreesPerMs * pixelsPerDegree;
  return pixelsPerMs === 0 ? 250 : Math.min(250, Math.max(16, 0.5 / pixelsPerMs));
}
