/** A rate that holds on average; `burst` may come at once after a pause. */
export interface Rate {
  /** 0: no limit. */
  perSecond: number;
  burst: number;
  /** So many senders are remembered, the last heard: whoever is forgotten begins with a full burst again. */
  mostKeys?: number;
}

const MOST_KEYS = 50_000;

/**
 * How often somebody may come, by name. One number is kept per name, when its account will be even again (the generic
 * cell rate algorithm of ATM, ITU-T I.371), and the names longest silent are forgotten: a million made-up names cost no
 * memory.
 */
export class RateLimit {
  readonly #msEach: number;
  readonly #burstMs: number;
  readonly #mostKeys: number;
  readonly #evenAtMs = new Map<string, number>();

  constructor({ perSecond, burst, mostKeys = MOST_KEYS }: Rate) {
    this.#msEach = perSecond === 0 ? 0 : 1000 / perSecond;
    this.#burstMs = burst * this.#msEach;
    this.#mostKeys = mostKeys;
  }

  /**
   * Whole seconds after which to come again, 0 when welcome. Who is sent away is not charged; a `cost` larger than what
   * is left is let in once and paid off afterwards, so that no size is refused for ever.
   */
  take(key: string, cost = 1, nowMs = performance.now()): number {
    if (this.#msEach === 0) return 0;
    const evenAtMs = Math.max(this.#evenAtMs.get(key) ?? 0, nowMs);
    const overMs = evenAtMs + this.#msEach - this.#burstMs - nowMs;
    // fractions of a millisecond add up
    if (overMs > 0.001) return Math.ceil(overMs / 1000);
    this.#evenAtMs.delete(key);
    this.#evenAtMs.set(key, evenAtMs + cost * this.#msEach);
    const [oldest] = this.#evenAtMs.keys();
    if (this.#evenAtMs.size > this.#mostKeys && oldest !== undefined) this.#evenAtMs.delete(oldest);
    return 0;
  }

  /** Names remembered. */
  get size(): number {
    return this.#evenAtMs.size;
  }
}

/**
 * Who an address counts as: an IPv4 address for itself, an IPv6 address for its /64, because one line of a provider has
 * all the addresses of one.
 */
export function neighbourhoodOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = head.split(':').filter((group) => group !== '');
  if (tail !== undefined) while (groups.length + tail.split(':').length < 8) groups.push('0');
  return `${groups.slice(0, 4).join(':')}::/64`;
}
