import type { Colleague } from '@siaga/contracts';

/** Asks the server who people are: one answer for each id, at most {@link MOST_AT_ONCE}. */
export type AskColleagues = (principalIds: readonly string[]) => Promise<readonly Colleague[]>;

/** What one list brings is asked for together. */
const TOGETHER_MS = 50;
const AGAIN_MS = 10_000;
/** Somebody gets another name, or works here no more: known a little later on a screen that is left open. */
const FRESH_MS = 10 * 60_000;

/** The server answers no more at once. */
export const MOST_AT_ONCE = 100;

/**
 * People of the city, as far as a screen has met their ids: each is asked for once, with all others of that moment. There
 * are no more of them than people. Belongs to one session, and forgets everything with it.
 */
export class KnownColleagues {
  readonly #ask: AskColleagues;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();
  #known = new Map<string, { colleague: Colleague; atMs: number }>();
  #wanted = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #owner: string | undefined;

  constructor(ask: AskColleagues, nowMs: () => number = Date.now) {
    this.#ask = ask;
    this.#nowMs = nowMs;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Everybody who is known; another map whenever it says something else. */
  readonly all = (): ReadonlyMap<string, { readonly colleague: Colleague }> => this.#known;

  /** undefined: not answered yet. */
  get(principalId: string): Colleague | undefined {
    return this.#known.get(principalId)?.colleague;
  }

  /** Asks for somebody soon, unless he is known. */
  want(principalId: string): void {
    const known = this.#known.get(principalId);
    if (this.#owner === undefined || (known !== undefined && this.#nowMs() - known.atMs < FRESH_MS)) return;
    this.#wanted.add(principalId);
    this.#timer ??= setTimeout(() => void this.#askAll(), TOGETHER_MS);
  }

  /** Whose session it is from now on; undefined: nobody's. What was known for another one is forgotten. */
  belongTo(owner: string | undefined): void {
    if (owner === this.#owner) return;
    this.#owner = owner;
    this.#known = new Map();
    this.#wanted = new Set();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell();
  }

  async #askAll(): Promise<void> {
    const owner = this.#owner;
    const ids = [...this.#wanted].slice(0, MOST_AT_ONCE);
    let waitMs = TOGETHER_MS;
    try {
      const colleagues = await this.#ask(ids);
      if (owner !== this.#owner) return;
      const atMs = this.#nowMs();
      const news = colleagues.map((colleague) => [colleague.principalId, { colleague, atMs }] as const);
      this.#known = new Map([...this.#known, ...news]);
      for (const id of ids) this.#wanted.delete(id);
      this.#tell();
    } catch {
      // a name that is missing shows as missing; what refused it is told where it matters
      if (owner !== this.#owner) return;
      waitMs = AGAIN_MS;
    }
    this.#timer = this.#wanted.size === 0 ? undefined : setTimeout(() => void this.#askAll(), waitMs);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
