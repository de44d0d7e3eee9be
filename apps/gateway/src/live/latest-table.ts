import type { LatestValue } from './events.ts';

/** A tombstone is remembered for a day: a screen that was away longer gets a snapshot. */
export const TOMBSTONE_MS = 24 * 3_600_000;

/** The newest value of each key of one `latest` stream. */
export class LatestTable {
  readonly #values = new Map<string, LatestValue>();
  /** In the order they came: the log's time goes on, so the first to expire is the first here. */
  readonly #tombstones = new Map<string, LatestValue>();

  get(key: string): LatestValue | undefined {
    return this.#values.get(key);
  }

  values(): IterableIterator<LatestValue> {
    return this.#values.values();
  }

  /**
   * Puts a value unless a newer version is held. After a tombstone only a newer version counts: a repeat of the value it
   * ended must not bring it back.
   */
  putIfNewer(value: LatestValue): boolean {
    const held = this.#values.get(value.key);
    if (held !== undefined && isOlder(value, held)) return false;
    this.#values.set(value.key, value);
    this.#tombstones.delete(value.key);
    if (value.data === null) this.#tombstones.set(value.key, value);
    return true;
  }

  /** Forgets tombstones older than {@link TOMBSTONE_MS}. */
  expire(nowMs: number): void {
    for (const [key, { meta }] of this.#tombstones) {
      if (meta.at >= nowMs - TOMBSTONE_MS) return;
      this.#tombstones.delete(key);
      this.#values.delete(key);
    }
  }
}

function isOlder(value: LatestValue, held: LatestValue): boolean {
  if (value.data === null || value.version === undefined || held.version === undefined) return false;
  return held.data === null ? value.version <= held.version : value.version < held.version;
}
