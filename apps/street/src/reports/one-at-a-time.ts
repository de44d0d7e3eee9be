/** Runs what belongs to one city one after the other; different cities do not wait for each other. */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  run<Result>(city: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(city) ?? Promise.resolve();
    // what went wrong before is not the next one's
    const mine = before.then(work, work);
    this.#last.set(city, mine);
    return mine;
  }
}
