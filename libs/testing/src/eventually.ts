/**
 * Waits for a fact: repeats `look` until it does not throw, and answers what it answers; after `withinMs` its last error
 * is thrown.
 */
export async function eventually<Result>(look: () => Result | Promise<Result>, withinMs = 10_000): Promise<Result> {
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
