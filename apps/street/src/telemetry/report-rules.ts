import { createHash } from 'node:crypto';
import { streetTelemetry, type StreetTelemetry } from '@siaga/contracts';
import type { Refusal, Said } from './saying.ts';

/** A device may be this far ahead of us before its clock is called wrong. */
const CLOCK_AHEAD_LIMIT_MS = 300_000;
/** The log forgets a report after so long. */
const TOO_OLD_MS = streetTelemetry.keepForDays * 86_400_000;

/** Why the times of a report cannot be, or undefined. A late one is taken: it never takes back what is known since. */
export function untimelyOf({ atMs, events }: Said, receivedAtMs: number): Refusal | undefined {
  const times = [atMs, ...events.map((event) => event.atMs)].filter((time) => time !== undefined);
  const aheadMs = Math.max(...times, receivedAtMs) - receivedAtMs;
  if (aheadMs > CLOCK_AHEAD_LIMIT_MS)
    return { reason: 'clock-ahead', detail: `jam alat ${String(Math.round(aheadMs / 1000))} s di depan` };
  const ageMs = receivedAtMs - (atMs ?? receivedAtMs);
  if (ageMs > TOO_OLD_MS)
    return { reason: 'too-old', detail: `laporan berumur ${String(Math.floor(ageMs / 86_400_000))} hari` };
  return undefined;
}

/** The same for every repeat of one report. One without a time of its own has no repeats: nobody can tell them apart. */
export function telemetryIdOf(report: Pick<StreetTelemetry, 'deviceId' | 'thing' | 'atMs'>, mark: string): string {
  const said = [report.deviceId, report.thing, report.atMs, mark].join('|');
  return createHash('sha256').update(said).digest('base64url').slice(0, 27);
}
