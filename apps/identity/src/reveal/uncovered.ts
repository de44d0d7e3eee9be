import type { FieldClass } from '@siaga/contracts';

/** Masked fields that are uncovered, until when (epoch ms), and which time it was asked for last. */
export interface Uncovered {
  classes: FieldClass[];
  untilMs: number;
  revealId?: string | undefined;
}

/** What is uncovered after somebody asks for more: nothing that still is ends earlier for it. */
export function extended(
  running: Uncovered | undefined,
  { classes, minutes, revealId }: { classes: readonly FieldClass[]; minutes: number; revealId: string },
  nowMs: number,
): Uncovered {
  const untilMs = nowMs + minutes * 60_000;
  if (running === undefined || running.untilMs <= nowMs) return { classes: [...new Set(classes)], untilMs, revealId };
  return {
    classes: [...new Set([...running.classes, ...classes])],
    untilMs: Math.max(running.untilMs, untilMs),
    revealId,
  };
}
