/** One measured number. Times of different machines do not compare; a ratio from one run does. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What it should be at least, or at most. */
  goal?: { atLeast: number } | { atMost: number };
}

/** A measuring run: its file also exports `about`, what it does in a sentence. Real processes on loopback, bounded, ends what it started. */
export type Bench = () => Promise<Figure[]>;

/** The table `npm run bench` prints; a figure below its goal says so. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${formatted(figure.value)} ${figure.unit}`,
    goalText(figure),
    verdict(figure),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Prints a figure the moment it is known, so that a bench that fails later has told what it found. */
export function told(figure: Figure): Figure {
  console.log(`  ${tableOf([figure])}`);
  return figure;
}

/** A number as people read it: three digits, or whole with separators. */
export const formatted = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

/** `≤ 10 s`, or nothing. */
export function goalText({ goal, unit }: Figure): string {
  if (goal === undefined) return '';
  return 'atLeast' in goal ? `≥ ${formatted(goal.atLeast)} ${unit}` : `≤ ${formatted(goal.atMost)} ${unit}`;
}

/** `held`, `MISSED`, or nothing without a goal. */
export function verdict({ goal, value }: Figure): string {
  if (goal === undefined) return '';
  return ('atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost) ? 'held' : 'MISSED';
}

/** The value below which `share` (0…1) of the sample lies; the sample need not be sorted. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
