import { currentContext } from '@siaga/service';
import type { Kind, StoredThing } from './kind.ts';

/** Those of these ids that are in a register of the context's city. */
export type Find = (kind: Kind, ids: readonly string[]) => Promise<ReadonlyMap<string, StoredThing>>;

interface Asked {
  ids: Set<string>;
  found: Promise<ReadonlyMap<string, StoredThing>>;
}

/** Things are asked for one by one, the store once for all of a city and a register that are asked for in one turn. */
export class LookUps {
  readonly #find: Find;
  readonly #asked = new Map<string, Asked>();

  constructor(find: Find) {
    this.#find = find;
  }

  /** Undefined when there is none; rejects for all that were asked with it when the store does not answer. */
  async one(kind: Kind, id: string): Promise<StoredThing | undefined> {
    const name = `${currentContext().city} ${kind.name}`;
    const asked = this.#asked.get(name) ?? this.#ask(name, kind);
    asked.ids.add(id);
    return (await asked.found).get(id);
  }

  #ask(name: string, kind: Kind): Asked {
    const ids = new Set<string>();
    const turn = new Promise((resolve) => setImmediate(resolve));
    const found = turn.then(() => {
      this.#asked.delete(name);
      return this.#find(kind, [...ids]);
    });
    const asked = { ids, found };
    this.#asked.set(name, asked);
    return asked;
  }
}
