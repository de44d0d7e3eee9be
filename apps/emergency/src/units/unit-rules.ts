import {
  bookingUnderWay,
  openAssignment,
  Fault,
  SILENT_AFTER_MS,
  type Channel,
  type CrewMember,
  type UnitAvailability,
  type UnitChanged,
  type UnitClass,
} from '@siaga/contracts';
import type { UnitNow } from './unit-now.ts';

/** Who does it, and when. */
export interface Actor {
  readonly by: string;
  readonly nowMs: number;
  /** By what way it was heard, where somebody wrote it down for another. */
  readonly channel?: Channel | undefined;
}

/** So long a duty is declared at most: whoever forgets to go off is *belum lapor* tomorrow. */
export const LONGEST_DUTY_MS = 24 * 3_600_000;

/** Past the end of its duty a unit comes back with what it is on; after so long more its crew has forgotten to say so, ms. */
export const BACK_WITHIN_MS = 4 * 3_600_000;

/** What nobody can take anywhere without a driver. Others are driven by whoever sits in them. */
const driven: ReadonlySet<UnitClass> = new Set(['ambulance', 'fire-engine', 'hearse', 'tanker', 'tow-truck']);

/** Why a unit cannot go anywhere, whatever it is on. Its last work goes on past the end of its duty. */
export function lackOfCrew(unit: UnitNow, nowMs: number): 'off-duty' | 'unreported' | 'no-crew' | undefined {
  if (unit.duty === 'off') return 'off-duty';
  if (unit.duty === 'unreported' || dutyEndsAtMs(unit) <= nowMs) return 'unreported';
  const { crew } = unit;
  const isManned = driven.has(unit.unitClass) ? crew.some(({ task }) => task === 'driver') : crew.length > 0;
  return isManned ? undefined : 'no-crew';
}

/** When nobody is on duty in it any more, said or not, epoch ms: on an incident or a booking whoever drives comes back with it. */
const dutyEndsAtMs = (unit: UnitNow): number => (unit.dutyUntilMs ?? 0) + (isOut(unit) ? BACK_WITHIN_MS : 0);

const isOut = (unit: UnitNow): boolean => openAssignment(unit) !== undefined || bookingUnderWay(unit) !== undefined;

/** Nobody is on duty in it, and it is back: who rode in it last does no more. */
const isLeft = (unit: UnitNow): boolean => unit.duty === 'unreported' && unit.crew.length > 0 && !isOut(unit);

/**
 * May it be sent? EIDO primaryUnitStatus: *ConditionallyAvailable* is one that has handed its patient over, or that leaves a
 * scene with nobody to bring anywhere, or one that brings somebody who is no emergency.
 */
export function availabilityOf(unit: UnitNow): UnitAvailability {
  // the end of a duty comes by timer, which changes the document
  if (lackOfCrew(unit, 0) !== undefined) return 'NotAvailable';
  const status = openAssignment(unit)?.status;
  if (status === undefined) return bookingUnderWay(unit) === undefined ? 'Available' : 'ConditionallyAvailable';
  const returns = status === 'leaving-scene' && !unit.capabilities.includes('transport');
  return status === 'handed-over' || returns ? 'ConditionallyAvailable' : 'NotAvailable';
}

/** When time does something to a unit, epoch ms; undefined: never. */
export function wakeAtMsOf(unit: UnitNow): number | undefined {
  const open = openAssignment(unit);
  const ends = unit.duty === 'on' ? dutyEndsAtMs(unit) : isLeft(unit) ? unit.changedAtMs : undefined;
  if (open?.status !== 'dispatched') return ends;
  if (open.isUnanswered === undefined) return (open.atMs.dispatched ?? 0) + SILENT_AFTER_MS;
  return open.isOverdue === undefined ? open.answerByMs : ends;
}

export interface OnDuty {
  readonly untilMs: number;
  readonly crew: readonly CrewMember[];
}

/** The crew is on duty until then; on what it is on, its work goes on with the crew named now. */
export function onDuty({ untilMs, crew }: OnDuty, actor: Actor): Partial<UnitNow> {
  if (untilMs <= actor.nowMs)
    throw new Fault(
      'invalid',
      'untilMs: akhir dinas sudah lewat, pilih jam yang akan datang · that time is past, choose a later one',
    );
  if (untilMs > actor.nowMs + LONGEST_DUTY_MS)
    throw new Fault('invalid', 'untilMs: dinas paling lama 24 jam, lalu lapor lagi · at most 24 hours, then report again'); // prettier-ignore
  return { duty: 'on', dutyUntilMs: untilMs, crew: [...crew], dutySaid: saidBy(actor) };
}

/** The crew goes home. Never from an incident. */
export function offDuty(unit: UnitNow, { reason }: { reason?: string | undefined }, actor: Actor): Partial<UnitNow> {
  const open = openAssignment(unit);
  if (open !== undefined)
    throw new Fault(
      'conflict',
      `masih pada ${open.incidentId}: selesaikan atau batalkan tugas itu dulu · still on it: finish or call back first`,
    );
  const booking = bookingUnderWay(unit);
  if (booking !== undefined)
    throw new Fault(
      'conflict',
      `masih mengantar ${booking.bookingId}: selesaikan atau batalkan dulu · still on that booking: end or cancel it first`,
    );
  const dutySaid = { ...saidBy(actor), ...(reason === undefined ? {} : { reason }) };
  return { duty: 'off', dutyUntilMs: undefined, crew: [], parked: undefined, dutySaid };
}

/** The duty is over and nobody said anything: nobody rides in it any more as far as the room knows. */
export function overdue(unit: UnitNow, nowMs: number): Partial<UnitNow> | undefined {
  const nobody = { crew: [], parked: undefined };
  if (isLeft(unit)) return nobody;
  if (unit.duty !== 'on' || dutyEndsAtMs(unit) > nowMs) return undefined;
  const over = { duty: 'unreported', dutyUntilMs: undefined, dutySaid: undefined } as const;
  // whoever is out with it still says when he is back
  return isOut(unit) ? over : { ...over, ...nobody };
}

/** Where it stands now; undefined: at its post. */
export const parkedAt = (
  place: Omit<NonNullable<UnitChanged['parked']>, 'atMs'> | undefined,
  { nowMs }: Actor,
): Partial<UnitNow> => ({ parked: place === undefined ? undefined : { ...place, atMs: nowMs } });

const saidBy = ({ by, nowMs, channel }: Actor) => ({
  ...{ by, atMs: nowMs },
  ...(channel === undefined ? {} : { channel }),
});
