import type { BedClass, BedCount } from '@siaga/contracts';
import { z } from 'zod';

/** As many beds of one kind as a hospital can have. */
const MOST_BEDS = 5000;

/** As SIRANAP writes numbers: often text. */
const Counted = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^\d{1,4}$/)
      .transform(Number),
  ])
  .pipe(z.number().int().min(0).max(MOST_BEDS));
const Code = z.union([z.string().trim().min(1), z.number().int().transform(String)]);

export interface FeedRead {
  readonly beds: BedCount[];
  readonly refused: { readonly row: number; readonly reason: string }[];
}

/**
 * Rows of RS Online/SIRANAP as counts: rooms (`ruang`) of one kind are added up; `terpakai` has all who lie there, and who
 * wait for a bed where those are more. A kind with
 * a room that cannot be read is left out whole, because the sum of the others would be wrong.
 */
export function readFeed(
  rows: readonly Readonly<Record<string, unknown>>[],
  classes: Readonly<Record<string, BedClass>>,
): FeedRead {
  const sums = new Map<BedClass, BedCount>();
  const spoilt = new Set<BedClass>();
  const refused: { row: number; reason: string }[] = [];
  rows.forEach((row, at) => {
    const code = Code.safeParse(row['id_tt']);
    const bedClass = code.success && Object.hasOwn(classes, code.data) ? classes[code.data] : undefined;
    const refuse = (reason: string) => {
      refused.push({ row: at, reason });
      if (bedClass !== undefined) spoilt.add(bedClass);
    };
    if (!code.success) {
      refuse('id_tt: tidak ada · missing');
      return;
    }
    if (bedClass === undefined) {
      refuse(`id_tt ${code.data.slice(0, 20)}: belum dipetakan di register RS · not mapped in the register`);
      return;
    }
    const counted = countedIn(row);
    if (typeof counted === 'string') {
      refuse(counted);
      return;
    }
    const sum = sums.get(bedClass) ?? { bedClass, totalCount: 0, occupiedCount: 0 };
    if (Math.max(sum.totalCount + counted.total, sum.occupiedCount + counted.occupied) > MOST_BEDS) {
      refuse('jumlah, terpakai: lebih dari 5000 untuk satu jenis · more than 5000 of one kind');
      return;
    }
    sums.set(bedClass, {
      bedClass,
      totalCount: sum.totalCount + counted.total,
      occupiedCount: sum.occupiedCount + counted.occupied,
    });
  });
  return { beds: [...sums.values()].filter(({ bedClass }) => !spoilt.has(bedClass)), refused };
}

/** Numbers of one row, or why there are none. */
function countedIn(row: Readonly<Record<string, unknown>>): { total: number; occupied: number } | string {
  const [total, occupied] = [Counted.safeParse(row['jumlah']), Counted.safeParse(row['terpakai'])];
  if (!total.success) return 'jumlah: bukan bilangan 0–5000 · not a number 0–5000';
  if (!occupied.success) return 'terpakai: bukan bilangan 0–5000 · not a number 0–5000';
  return { total: total.data, occupied: occupied.data };
}
