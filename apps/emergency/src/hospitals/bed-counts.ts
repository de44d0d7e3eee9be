import { Fault, type BedClass, type BedCount, type Beds } from '@siaga/contracts';
import { CLOCK_OFF_MS } from '../clock-rules.ts';
import type { CountedBeds, HeldBed, HospitalNow } from './hospital-now.ts';

type Held = Pick<HospitalNow, 'counted' | 'requests'>;

/** A count as old as this helps nobody, and is mostly a mistake of the sender's, ms. */
const LONGEST_AGO_MS = 30 * 24 * 3_600_000;

/**
 * A bed is promised while it is held; one whose patient arrived is occupied, which a count older than that cannot know. So it
 * stays taken until somebody counts again.
 */
export const takesBed = ({ bedClass, status, arrivedAtMs }: HeldBed, counted: CountedBeds): boolean =>
  bedClass === counted.bedClass && (status === 'held' || (arrivedAtMs !== undefined && arrivedAtMs > counted.atMs));

/** Beds of each counted kind with what is promised of them. */
export function bedsOf({ counted, requests }: Held): Beds[] {
  return counted.map((one) => {
    const heldCount = requests.filter((request) => takesBed(request, one)).length;
    const left = one.totalCount - one.occupiedCount - heldCount;
    const isShort = left < 0 && heldCount > 0;
    return { ...one, heldCount, freeCount: Math.max(0, left), ...(isShort && { isShort: true as const }) };
  });
}

/** Beds of one kind; undefined: nobody counted them. */
export const bedsOfClass = (hospital: Held, bedClass: BedClass): Beds | undefined =>
  bedsOf(hospital).find((beds) => beds.bedClass === bedClass);

export interface Counting extends Readonly<Pick<Beds, 'atMs' | 'source' | 'channel' | 'saidBy'>> {
  readonly beds: readonly BedCount[];
}

/** The counts with newer ones in their place: an older count changes nothing, and what is held is never touched. */
export function countedAnew(known: readonly CountedBeds[], { beds, ...counting }: Counting): CountedBeds[] {
  const newer = beds.filter(({ bedClass }) => !isOlder(known, bedClass, counting.atMs));
  const named = new Set(newer.map(({ bedClass }) => bedClass));
  return [
    ...known.filter(({ bedClass }) => !named.has(bedClass)),
    ...newer.map(({ bedClass, totalCount, occupiedCount }) => ({ bedClass, totalCount, occupiedCount, ...counting })),
  ].sort((one, other) => one.bedClass.localeCompare(other.bedClass));
}

/** Something newer, or as old, is known of this kind. */
export const isOlder = (known: readonly CountedBeds[], bedClass: BedClass, atMs: number): boolean =>
  known.some((one) => one.bedClass === bedClass && one.atMs >= atMs);

/**
 * When something was counted that its sender dates so: never later than now, or who arrives meanwhile would count as counted.
 * Throws `invalid` for what is yet to come, and for what is no time of this year, seconds mostly.
 */
export function countedAt(atMs: number, nowMs: number): number {
  if (atMs > nowMs + CLOCK_OFF_MS)
    throw new Fault('invalid', 'atMs: jam pengirim lebih dari 5 menit di depan, betulkan jamnya · its clock is more than 5 minutes ahead, set it right'); // prettier-ignore
  if (atMs < nowMs - LONGEST_AGO_MS)
    throw new Fault('invalid', 'atMs: lebih dari 30 hari lalu; dalam milidetik, bukan detik? · more than 30 days ago; in milliseconds, not seconds?'); // prettier-ignore
  return Math.min(atMs, nowMs);
}

/** One count of each kind, or nobody knows which is meant. */
export function eachOnce(beds: readonly BedCount[]): void {
  if (new Set(beds.map(({ bedClass }) => bedClass)).size < beds.length)
    throw new Fault('invalid', 'beds: satu baris untuk tiap jenis · one line for each kind');
}
