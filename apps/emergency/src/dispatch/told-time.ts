import { Fault } from '@siaga/contracts';
import { CLOCK_OFF_MS } from '../clock-rules.ts';

/** What somebody says of a time, and when the city heard it. */
interface Told {
  /** As its teller's clock has it; absent: now. */
  readonly atMs?: number | undefined;
  readonly nowMs: number;
}

/** What it cannot have been before, and how that is said: `sebelum … · before …`. */
interface Bound {
  readonly sinceMs: number;
  readonly before: string;
}

/**
 * When something was that is told now: never before what it follows, never after now; a clock that is far off is asked about.
 * Epoch ms; throws `invalid`.
 */
export function toldAtMs({ atMs: told, nowMs }: Told, { sinceMs, before }: Bound): number {
  const atMs = told ?? nowMs;
  if (atMs > nowMs + CLOCK_OFF_MS)
    throw new Fault('invalid', 'atMs: waktu itu belum terjadi, periksa jamnya · that time is yet to come, look at the clock'); // prettier-ignore
  const [id = before, en = before] = before.split(' · ');
  if (atMs < sinceMs - CLOCK_OFF_MS)
    throw new Fault('invalid', `atMs: ${id}, periksa jamnya · ${en}, look at the clock`);
  return Math.max(sinceMs, Math.min(atMs, nowMs));
}
