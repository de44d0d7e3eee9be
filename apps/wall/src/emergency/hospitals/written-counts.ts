import { BedClass, type BedCount, type Beds } from '@siaga/contracts';

/** What stands in the fields of a count, by kind of beds; nothing where nobody wrote. */
export type Written = Readonly<Partial<Record<BedClass, { readonly total?: string; readonly occupied?: string }>>>;

/** How many there are changes seldom: where it is known, only who lies there is asked. */
export const totalOf = (
  written: Written,
  known: Pick<Beds, 'bedClass' | 'totalCount'> | undefined,
  bedClass: BedClass,
) => written[bedClass]?.total ?? (known === undefined ? '' : String(known.totalCount));

/** The counts that can be sent: kinds with both numbers. A kind nobody wrote of stays as it is. */
export const countsOf = (written: Written, beds: readonly Beds[]): BedCount[] =>
  BedClass.options.flatMap((bedClass) => {
    const known = beds.find((one) => one.bedClass === bedClass);
    const [total, occupied] = [totalOf(written, known, bedClass), written[bedClass]?.occupied ?? ''];
    return total === '' || occupied === ''
      ? []
      : [{ bedClass, totalCount: Number(total), occupiedCount: Number(occupied) }];
  });
