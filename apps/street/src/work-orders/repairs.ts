import type { StreetRepairs } from '@siaga/contracts';
import { csvOf } from '@siaga/registers';
import type { ReportDocument } from '../reports/report-document.ts';

const HOUR_MS = 3_600_000;
const MOST_REPEATS = 500;

/** Figures of repairs, from what was done in a time, what was told in it, and what waits now. */
export function repairsOf(
  { done, told, waiting }: Record<'done' | 'told' | 'waiting', readonly ReportDocument[]>,
  { from, to, nowMs }: { from: string; to: string; nowMs: number },
): StreetRepairs {
  const hours = done
    .map(({ firstAtMs, closedAtMs = firstAtMs }) => (closedAtMs - firstAtMs) / HOUR_MS)
    .sort((a, b) => a - b);
  return {
    ...{ from, to, basis: 'reported', repaired: done.length },
    ...(hours.length === 0 ? {} : { meanHours: tenths(mean(hours)), medianHours: tenths(median(hours)) }),
    withinStandard: done.filter(({ closedAtMs = 0, dueAtMs }) => closedAtMs <= dueAtMs).length,
    waiting: waiting.length,
    overdue: waiting.filter(({ dueAtMs }) => dueAtMs < nowMs).length,
    repeats: repeatsIn(told),
  };
}

/** Lamps of which people told more than once, each time of a trouble of its own. */
function repeatsIn(told: readonly ReportDocument[]): StreetRepairs['repeats'] {
  const byLamp = Map.groupBy(
    told.filter(({ lampId }) => lampId !== undefined),
    ({ lampId }) => lampId,
  );
  return [...byLamp]
    .flatMap(([lampId, some]) =>
      lampId === undefined || some.length < 2
        ? []
        : [{ lampId, times: some.length, lastAtMs: Math.max(...some.map(({ lastAtMs }) => lastAtMs)) }],
    )
    .sort((one, other) => other.times - one.times || other.lastAtMs - one.lastAtMs)
    .slice(0, MOST_REPEATS);
}

const heading = (id: string) => ({ headings: { id } });

/** The figures for a spreadsheet: the city first, then each lamp that failed again and again. */
export function repairsCsv({
  from,
  to,
  repaired,
  meanHours,
  medianHours,
  withinStandard,
  overdue,
  waiting,
  repeats,
}: StreetRepairs): string {
  const columns = {
    lampId: heading('Lampu'),
    times: heading('Dilaporkan rusak (kali)'),
    from: heading('Dari'),
    to: heading('Sebelum'),
    repaired: heading('Laporan selesai'),
    meanHours: heading('Rata-rata jam sampai selesai'),
    medianHours: heading('Median jam'),
    withinStandard: heading('Selesai dalam dua hari kerja'),
    waiting: heading('Masih menunggu'),
    overdue: heading('Lewat dua hari kerja'),
    basis: heading('Dasar'),
  };
  const span = { from, to, basis: 'laporan warga' };
  const city = { ...span, lampId: 'SELURUH KOTA', repaired, meanHours, medianHours, withinStandard, waiting, overdue };
  return csvOf({ columns }, [city, ...repeats.map(({ lampId, times }) => ({ ...span, lampId, times }))]);
}

const tenths = (hours: number) => Math.round(hours * 10) / 10;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
