import { lookup, type LookupAddress } from 'node:dns';
import { promisify } from 'node:util';
import { withinMs } from './within-ms.ts';

/** Nobody waits longer for a name, ms: longer than any message waits for its answer, which is told as its own failure. */
const WITHIN_MS = 10_000;

const lookUpAll = promisify(lookup);
/** As the machine itself looks names up: hosts file, then name servers. It cannot be called off. */
const bySystem = (host: string): Promise<LookupAddress[]> => lookUpAll(host, { all: true });

/**
 * Looks names up. While a name server is silent every look-up holds a thread that nobody can take back, and is asked again
 * with each message: so each name is asked for once at a time, and who asks meanwhile waits for that answer. What was
 * answered is kept for nobody: who asks later is told what the name means then.
 */
export class NameLookUps {
  readonly #pending = new Map<string, Promise<LookupAddress[]>>();
  readonly #resolve: (host: string) => Promise<LookupAddress[]>;
  readonly #waitsMs: number;

  constructor(resolve = bySystem, waitsMs = WITHIN_MS) {
    this.#resolve = resolve;
    this.#waitsMs = waitsMs;
  }

  /** All addresses of a name; throws what the system says of an unknown one, and `TooLate` after 10 s. */
  of(host: string): Promise<LookupAddress[]> {
    const pending = this.#pending.get(host) ?? this.#begin(host);
    return withinMs(this.#waitsMs, () => pending);
  }

  #begin(host: string): Promise<LookupAddress[]> {
    const begun = this.#resolve(host).finally(() => this.#pending.delete(host));
    this.#pending.set(host, begun);
    return begun;
  }
}

/** Those of this process, which has few threads for them. */
export const names = new NameLookUps();
