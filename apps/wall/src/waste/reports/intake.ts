import type { IntakeCounted, RefusalReason } from '@siaga/contracts';

/** Reports of all trucks on one day. */
export interface IntakeSum {
  accepted: number;
  duplicates: number;
  refused: number;
  /** The reason most reports were refused for. */
  mostly?: RefusalReason;
}

type Counts = Pick<IntakeCounted, 'day' | 'accepted' | 'duplicates' | 'refused'>;

/** Reasons with their counts, most frequent first. */
export function refusalsOf({ refused }: Pick<IntakeCounted, 'refused'>): [RefusalReason, number][] {
  return (Object.entries(refused) as [RefusalReason, number][]).sort(([, one], [, other]) => other - one);
}

/** Sums what was counted on a day of the city; counts left over from another day do not count. */
export function sumIntake(counts: Iterable<Counts>, day: string): IntakeSum {
  const sum: IntakeSum = { accepted: 0, duplicates: 0, refused: 0 };
  const reasons = new Map<RefusalReason, number>();
  for (const count of counts) {
    if (count.day !== day) continue;
    sum.accepted += count.accepted;
    sum.duplicates += count.duplicates;
    for (const [reason, times] of refusalsOf(count)) {
      sum.refused += times;
      reasons.set(reason, (reasons.get(reason) ?? 0) + times);
    }
  }
  const [mostly] = [...reasons].sort(([, one], [, other]) => other - one);
  return mostly === undefined ? sum : { ...sum, mostly: mostly[0] };
}
