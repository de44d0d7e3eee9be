import type { FieldClass } from '@siaga/contracts';

/** Masked fields that are uncovered, and until when (epoch ms). */
export interface Uncovered {
  classes: FieldClass[];
  untilMs: number;
}

/** What is uncovered after somebody asks for more: nothing that still is ends earlier for it. */
export function extended(
  running: Uncovered | undefined,
  { classes, minutes }: { classes: readonly FieldClass[]; minutes: number },
  nowMs: number,
): Uncovered {
  const untilMs = nowMs + minutes * 60_000;
  if (running === undefined || running.untilMs <= nowMs) return { classes: [...new Set(classes)], untilMs };
  return {
    classes: [...new Set([...running.classes, ...classes])],
    untilMs: Math.max(running.untilMs, untilMs),
  };
}
