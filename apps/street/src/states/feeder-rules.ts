/** A panel of a feeder that reports, and since when its current is gone. */
export interface FedPanel {
  panelId: string;
  lostSinceMs: number | undefined;
  /** Not heard of for two intervals: says nothing of the feeder. */
  silent: boolean;
}

/** Panels fall within so long of one another when their feeder does. */
const TOGETHER_MS = 10_000;
/** One panel alone may have a blown fuse. */
const FEWEST = 2;

/**
 * Since when a feeder is without current, concluded from its panels: all that report, two at least, lost it within ten
 * seconds. Once concluded it holds as long as none has current again, also when further panels fall later.
 */
export function feederLostSince(panels: readonly FedPanel[], known: number | undefined): number | undefined {
  const reporting = panels.filter(({ silent, lostSinceMs }) => !silent || lostSinceMs !== undefined);
  const lostMs = reporting.flatMap(({ lostSinceMs }) => lostSinceMs ?? []);
  if (reporting.length < FEWEST || lostMs.length < reporting.length) return undefined;
  const [firstMs, lastMs] = [Math.min(...lostMs), Math.max(...lostMs)];
  if (known !== undefined) return known;
  return lastMs - firstMs <= TOGETHER_MS ? firstMs : undefined;
}

/**
 * What is concluded of a feeder. Simulated panels say nothing of what real ones do: only where those alone do not tell are
 * all of them asked, and what follows is simulated, too.
 */
export function feederLoss(
  panels: readonly (FedPanel & { exercise: boolean })[],
  known: number | undefined,
): { sinceMs: number; exercise: boolean; panels: number } | undefined {
  const real = panels.filter(({ exercise }) => !exercise);
  for (const some of [real, panels]) {
    const sinceMs = feederLostSince(some, known);
    if (sinceMs !== undefined) return { sinceMs, exercise: some.length > real.length, panels: some.length };
  }
  return undefined;
}
