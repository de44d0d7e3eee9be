import type { HealthReport } from '@siaga/service';

/** So long without sending is told to the health check, ms; shorter is a restart of a neighbour. */
const PATIENCE_MS = 20_000;

/** What a city's outboxes look like from one process. */
export interface OutboxStanding {
  readonly city: string;
  /** For how long each try of ours has failed, ms; 0 when the last one did not. */
  readonly failingForMs: number;
  /** For how long the owner we wait for has not renewed its lease, ms; 0 when it does, or when it is we. */
  readonly ownerSilentForMs: number;
}

/** Not ok when nothing was sent for 20 s, with the reason a person can mend. To wait for an owner that lives is well. */
export function outboxReport({ city, failingForMs, ownerSilentForMs }: OutboxStanding): HealthReport {
  if (failingForMs >= PATIENCE_MS)
    return { ok: false, detail: `city ${city}: no outbox sent for ${secondsOf(failingForMs)} s` };
  if (ownerSilentForMs >= PATIENCE_MS)
    return {
      ok: false,
      detail: `city ${city}: no outbox sent, its lease is dated ahead and was not renewed for ${secondsOf(ownerSilentForMs)} s; compare the clocks of the machines`,
    };
  return { ok: true };
}

const secondsOf = (ms: number) => String(Math.round(ms / 1000));
