/** Runs what belongs to one city one after the other; different cities do not wait for each other. */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #waiting = new Map<string, number>();

  run<Result>(city: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(city) ?? Promise.resolve();
    this.#waiting.set(city, this.waiting(city) + 1);
    // what went wrong before is not the next one's
    const mine = before.then(work, work).finally(() => {
      this.#waiting.set(city, this.waiting(city) - 1);
    });
    // somebody else's failure is nobody's here, too, when nothing comes after it
    this.#last.set(
      city,
      mine.catch(() => undefined),
    );
    return mine;
  }

  /** How many are under way or wait for their turn. */
  waiting(city: string): number {
    return this.#waiting.get(city) ?? 0;
  }
}
