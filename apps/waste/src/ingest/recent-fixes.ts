import { reachable, type Waypoint } from './fix-rules.ts';

/** Fixes kept per device: at one every ten seconds, ten minutes and a late batch around them. */
const KEPT = 64;
/** So many refused jumps in a row that agree with one another mean that the fix before them was the wrong one. */
const AGREEING = 3;

/**
 * The last fixes of one device in order of time, to judge a jump by. One wild fix that was let in must not lock out the
 * true ones after it, so refused jumps that agree with one another are believed in the end.
 */
export class RecentFixes {
  #fixes: Waypoint[] = [];
  #doubted: Waypoint[] = [];

  /** The nearest fixes in time before and after; empty once enough refused jumps agree with this one. */
  neighbours(at: Waypoint): readonly Waypoint[] {
    if (this.#doubted.length >= AGREEING && this.#doubted.every((jump) => reachable(jump, at))) return [];
    const next = this.#fixes.findIndex((fix) => fix.atMs > at.atMs);
    const after = next === -1 ? undefined : this.#fixes[next];
    const before = this.#fixes[(next === -1 ? this.#fixes.length : next) - 1];
    return [before, after].filter((fix) => fix !== undefined);
  }

  /** A fix that was taken. What it contradicts is forgotten. */
  took({ lat, lng, atMs }: Waypoint): void {
    const fix = { lat, lng, atMs };
    if (this.#doubted.length >= AGREEING) this.#fixes = this.#fixes.filter((known) => reachable(known, fix));
    this.#doubted = [];
    const index = this.#fixes.findLastIndex((known) => known.atMs <= atMs);
    this.#fixes.splice(index + 1, 0, fix);
    if (this.#fixes.length > KEPT) this.#fixes.shift();
  }

  /** A jump that was refused. */
  doubted({ lat, lng, atMs }: Waypoint): void {
    const jump = { lat, lng, atMs };
    this.#doubted = [...this.#doubted.filter((earlier) => reachable(earlier, jump)), jump].slice(-AGREEING);
  }
}
