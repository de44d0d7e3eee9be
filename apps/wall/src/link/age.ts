/** Milliseconds since `atMs` by the city's clock; a value from the future has age 0. */
export function ageMs(atMs: number, nowMs: number): number {
  return Math.max(0, nowMs - atMs);
}

/** Whether a value is still what its contract calls fresh. A contract without `freshForMs` does not age. */
export function isFresh(event: { readonly freshForMs?: number }, atMs: number, nowMs: number): boolean {
  return event.freshForMs === undefined || ageMs(atMs, nowMs) <= event.freshForMs;
}
