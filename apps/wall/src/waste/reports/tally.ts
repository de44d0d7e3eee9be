/** Reports counted in slices of ten seconds of the city's clock since the screen was opened. */
export interface Tally {
  /** Epoch ms at which the running slice began. */
  readonly runningMs: number;
  /** One count per slice, the last still running; the oldest fall off after an hour. */
  readonly slices: readonly number[];
}

const sliceMs = 10_000;
const slicesOfMinute = 6;
const mostSlices = 360;

/** A tally that starts at this moment. */
export function startTally(nowMs: number): Tally {
  return { runningMs: sliceOf(nowMs), slices: [0] };
}

/** The tally at a later moment with that many more reports in the running slice. */
export function addToTally(tally: Tally, nowMs: number, reports: number): Tally {
  const passed = Math.max(0, (sliceOf(nowMs) - tally.runningMs) / sliceMs);
  if (passed === 0 && reports === 0) return tally;
  const slices = [...tally.slices, ...Array<number>(Math.min(passed, mostSlices)).fill(0)];
  slices[slices.length - 1] = (slices.at(-1) ?? 0) + reports;
  return { runningMs: tally.runningMs + passed * sliceMs, slices: slices.slice(-mostSlices) };
}

/** Reports in each minute that ends with a whole slice, oldest first; empty until a minute has passed. */
export function perMinute({ slices }: Tally): number[] {
  const whole = slices.slice(0, -1);
  return whole
    .slice(slicesOfMinute - 1)
    .map((_, from) => whole.slice(from, from + slicesOfMinute).reduce((sum, count) => sum + count, 0));
}

function sliceOf(epochMs: number): number {
  return Math.floor(epochMs / sliceMs) * sliceMs;
}
