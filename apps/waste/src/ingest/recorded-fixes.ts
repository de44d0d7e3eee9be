/** About an hour of the stress city; a repeat that comes later is harmless, it only is not called one. */
const KEPT = 50_000;

/**
 * Fixes this process has written or is writing, by fixId, each with the promise of its being durable: a repeat that
 * overtakes its original must not be acknowledged before it.
 */
export class RecordedFixes {
  readonly #durable = new Map<string, Promise<unknown>>();

  get(fixId: string): Promise<unknown> | undefined {
    return this.#durable.get(fixId);
  }

  add(fixId: string, durable: Promise<unknown>): void {
    this.#durable.set(fixId, durable);
    const [oldest] = this.#durable.keys();
    if (this.#durable.size > KEPT && oldest !== undefined) this.#durable.delete(oldest);
  }

  /** It could not be written: a repeat is its first chance. */
  remove(fixId: string): void {
    this.#durable.delete(fixId);
  }

  clear(): void {
    this.#durable.clear();
  }
}
