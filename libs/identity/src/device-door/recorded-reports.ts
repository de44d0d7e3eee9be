/** About an hour of the stress city; a repeat that comes later is harmless, it only is not called one. */
const KEPT = 50_000;

/**
 * Reports this process has written or is writing, by their ids, each with the promise of its being durable: a repeat that
 * overtakes its original must not be acknowledged before it.
 */
export class RecordedReports {
  readonly #durable = new Map<string, Promise<unknown>>();

  get(reportId: string): Promise<unknown> | undefined {
    return this.#durable.get(reportId);
  }

  add(reportId: string, durable: Promise<unknown>): void {
    this.#durable.set(reportId, durable);
    const [oldest] = this.#durable.keys();
    if (this.#durable.size > KEPT && oldest !== undefined) this.#durable.delete(oldest);
  }

  /** It could not be written: a repeat is its first chance. */
  remove(reportId: string): void {
    this.#durable.delete(reportId);
  }

  clear(): void {
    this.#durable.clear();
  }
}
