/** Ids seen lately, the oldest forgotten first. */
export class RecentIds {
  readonly #ids = new Set<string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Remembers an id; false when it was known already. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#limit) this.#ids.delete(this.#oldest());
    return true;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  #oldest(): string {
    const [oldest = ''] = this.#ids;
    return oldest;
  }
}
