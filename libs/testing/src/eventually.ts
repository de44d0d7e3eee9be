/** Costs nothing but a failing test: another suite works beside this one, and machines differ. */
const PATIENCE_MS = 20_000;

/**
 * Waits for a fact: repeats `look` until it does not throw, and answers what it answers; after `withinMs` its last error
 * is thrown. Say `withinMs` where it is what was promised.
 */
export async function eventually<Result>(
  look: () => Result | Promise<Result>,
  withinMs = PATIENCE_MS,
): Promise<Result> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
