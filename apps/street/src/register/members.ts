import type { Table } from '@siaga/bus';

/** Who belongs to whom, kept beside a table: lamps of a panel, panels of a feeder. */
export class Members<Thing> {
  readonly #ownerOf: (thing: Thing) => string | undefined;
  readonly #owners = new Map<string, string>();
  readonly #members = new Map<string, Set<string>>();

  constructor(ownerOf: (thing: Thing) => string | undefined) {
    this.#ownerOf = ownerOf;
  }

  follow(table: Pick<Table<Thing>, 'onChange'>): void {
    table.onChange((key, thing) => {
      this.#leave(key);
      const owner = thing && this.#ownerOf(thing);
      if (owner === undefined) return;
      this.#owners.set(key, owner);
      const members = this.#members.get(owner) ?? new Set();
      this.#members.set(owner, members.add(key));
    });
  }

  /** Keys of those who belong to it. */
  of(owner: string): ReadonlySet<string> {
    return this.#members.get(owner) ?? new Set();
  }

  #leave(key: string): void {
    const owner = this.#owners.get(key);
    if (owner === undefined) return;
    this.#owners.delete(key);
    const left = this.#members.get(owner);
    left?.delete(key);
    if (left?.size === 0) this.#members.delete(owner);
  }
}
