import {
  bookingUnderWay,
  openAssignment,
  isUnderWay,
  ANSWER_WITHIN_S,
  Fault,
  SILENT_AFTER_MS,
  type AlertOutcome,
  type AssignmentStatus,
  type BookedSlot,
  type BookingDecided,
  type DutyDeclared,
  type IncidentLogged,
  type PassedOver,
} from '@siaga/contracts';
import { takenOff } from '../bookings/slot-rules.ts';
import type { Assignment, StoredUnit, UnitNow } from '../units/unit-now.ts';
import { lackOfCrew, type Actor } from '../units/unit-rules.ts';
import { toldAtMs } from './told-time.ts';

/** One line of an incident's timeline, before it has its number. */
export type Line = Omit<IncidentLogged, 'entryId' | 'agencies'>;

/** What became of one assignment: it, and what its incident's timeline is told. */
export interface Telling {
  readonly assignment: Assignment;
  readonly lines: readonly Line[];
}

/** What a rule makes of a unit: its fields, and what of its assignments is told. */
export interface Turn {
  readonly fields: Partial<UnitNow>;
  readonly tell?: readonly Telling[];
  /** What its calendar decided. */
  readonly decided?: readonly BookingDecided[];
  /** What was said of its duty. */
  readonly declared?: Omit<DutyDeclared, 'unitId'>;
}

/** Who says a step: the crew itself, or the desk for it. */
export type Teller = Actor & { readonly onBehalf: true | undefined };

export interface Sending {
  readonly assignmentId: string;
  readonly incidentId: string;
  readonly divertReason?: string | undefined;
  readonly skipped: readonly { readonly unitId: string; readonly why: PassedOver }[];
  /** May what is simulated, or not, be on this incident? */
  readonly fits: (unit: StoredUnit) => boolean;
}

const MOST_ALERTS = 20;

/** The way of an assignment: steps may be missed, never taken back. */
const way: readonly AssignmentStatus[] = [
  'dispatched',
  'accepted',
  'en-route',
  'on-scene',
  'patient-contact',
  'leaving-scene',
  'at-hospital',
  'handed-over',
  'clear',
];
const before = (one: AssignmentStatus, other: AssignmentStatus) => way.indexOf(one) < way.indexOf(other);

const lacking = {
  'off-duty':
    'sedang tidak berdinas: nyatakan dinasnya dulu, dengan awaknya · off duty: declare its duty first, with its crew',
  unreported: 'belum lapor dinas: nyatakan dinasnya dulu, dengan awaknya · no duty reported: declare it first, with its crew', // prettier-ignore
  'no-crew': 'tidak ada pengemudi: tulis awaknya dulu · no driver: write down its crew first',
} as const;

/** Sends a unit: it is on this incident from now on, or somebody was faster. A repeat of the same press changes nothing. */
export function sent(unit: StoredUnit, sending: Sending, actor: Actor): Turn | undefined {
  const { assignmentId, incidentId, divertReason, skipped } = sending;
  if (unit.assignment?.assignmentId === assignmentId) return undefined;
  if (!sending.fits(unit)) throw mixed(unit);
  const lack = lackOfCrew(unit, actor.nowMs);
  if (lack !== undefined) throw new Fault('conflict', `${unit.name} ${lacking[lack]}`);
  const open = openAssignment(unit);
  if (open !== undefined && (open.incidentId === incidentId || divertReason === undefined)) throw busy(unit, open);
  const booked = bookingUnderWay(unit);
  if (booked !== undefined && divertReason === undefined) throw away(unit, booked);
  const off = takenOff(unit, { incidentId, reason: divertReason ?? '' }, actor);
  const { by, nowMs } = actor;
  const { _id: unitId, name: unitName, agency, exercise } = unit;
  const assignment: Assignment = {
    ...{ assignmentId, incidentId, unitId, unitName, status: 'dispatched', atMs: { dispatched: nowMs }, seq: 1 },
    ...{ alerts: [], answerByMs: nowMs + ANSWER_WITHIN_S[unit.answers] * 1000, sentBy: by, agency },
    ...(exercise && { isSimulated: true as const }),
  };
  const passed = skipped.map((one) => ({ ...line(actor), step: 'unit-skipped', incidentId, unitId: one.unitId, passedOver: one.why }) as const); // prettier-ignore
  const fromBooking =
    booked === undefined ? [] : [{ ...line(actor), step: 'booking-diverted', incidentId, unitId, bookingId: booked.bookingId, words: divertReason } as const]; // prettier-ignore
  const begun: Telling = {
    assignment,
    lines: [...passed, ...fromBooking, { ...line(actor), step: 'dispatched', incidentId, unitId }],
  };
  const left = open === undefined ? [] : [diverted(open, { to: incidentId, reason: divertReason ?? '' }, actor)];
  return { fields: { ...off?.fields, assignment }, tell: [...left, begun], decided: off?.decided ?? [] };
}

export interface Step {
  readonly assignmentId: string;
  readonly status: AssignmentStatus;
  /** When it was, as its teller's clock has it. */
  readonly atMs?: number | undefined;
  readonly reason?: string | undefined;
}

/** The next step of an assignment; undefined when it was taken already: phones repeat what they queued. */
export function stepped(unit: StoredUnit, step: Step, teller: Teller): Turn | undefined {
  const { status, reason } = step;
  const now = theSame(unit, step.assignmentId);
  if (now.atMs[status] !== undefined) return undefined;
  if (!isUnderWay(now)) throw over(unit, now);
  const sinceMs = now.atMs.dispatched ?? 0;
  const atMs = toldAtMs({ atMs: step.atMs, nowMs: teller.nowMs }, { sinceMs, before: 'sebelum unit dikirim · before the unit was sent' }); // prettier-ignore
  if (status === 'declined') mayDecline(unit, now, reason);
  const isLate = status !== 'declined' && before(status, now.status);
  const next = Math.min(...way.filter((later) => before(status, later)).map((later) => now.atMs[later] ?? Infinity));
  // said after a later one: its time is known now, and nothing else changes
  if (isLate && (step.atMs === undefined || atMs > next)) throw back(unit, now);
  const assignment = { ...moved(now, isLate ? now.status : status, { [status]: atMs }), ...(reason && { reason }) };
  const told = { ...line(teller), atMs, step: status as Line['step'], ...(reason && { words: reason }) };
  return turned(unit, assignment, told);
}

/** The desk calls it back; undefined for a repeat. */
export function calledBack(
  unit: StoredUnit,
  { assignmentId, reason }: { assignmentId: string; reason: string },
  actor: Actor,
): Turn | undefined {
  const now = theSame(unit, assignmentId);
  if (now.status === 'cancelled') return undefined;
  if (!isUnderWay(now)) throw over(unit, now);
  const assignment = { ...moved(now, 'cancelled', { cancelled: actor.nowMs }), reason };
  return turned(unit, assignment, { ...line(actor), step: 'cancelled', words: reason });
}

/** What it was on was simulated and is taken out: it is its own again, and no story is left to tell it in. */
export function leftAlone(unit: StoredUnit, incidentIds: ReadonlySet<string>, nowMs: number): Turn | undefined {
  const now = openAssignment(unit);
  if (now === undefined || !incidentIds.has(now.incidentId)) return undefined;
  const reason = 'latihan dihapus · the drill was cleared';
  const assignment = { ...moved(now, 'cancelled', { cancelled: nowMs }), reason };
  return { fields: { assignment }, tell: [{ assignment, lines: [] }] };
}

/** Nobody has answered for so long that the desk should know. */
export function unanswered(unit: StoredUnit, actor: Actor): Turn | undefined {
  const now = openAssignment(unit);
  const isDue = now?.status === 'dispatched' && (now.atMs.dispatched ?? 0) + SILENT_AFTER_MS <= actor.nowMs;
  if (!isDue || now.isUnanswered === true) return undefined;
  return turned(unit, { ...now, isUnanswered: true, seq: now.seq + 1 }, { ...line(actor), step: 'unanswered' });
}

/** Its time to answer is over: from now on the desk calls by telephone. Nothing is sent by it. */
export function tooLate(unit: StoredUnit, actor: Actor): Turn | undefined {
  const now = openAssignment(unit);
  if (now?.status !== 'dispatched' || now.answerByMs > actor.nowMs || now.isOverdue === true) return undefined;
  return turned(unit, { ...now, isOverdue: true, seq: now.seq + 1 }, { ...line(actor), step: 'overdue' });
}

/** Another crew is on duty in a unit that was sent and has not answered: it is told of, so that its phones ring. */
export function rungAnew(unit: StoredUnit): Turn {
  const now = openAssignment(unit);
  if (now?.status !== 'dispatched') return { fields: {} };
  const assignment = { ...now, seq: now.seq + 1 };
  return { fields: { assignment }, tell: [{ assignment, lines: [] }] };
}

/** How one way of alerting a crew went; `once`: a repeat under the same word changes nothing. */
export type Alerting = Omit<AlertOutcome, 'atMs'> & { readonly assignmentId: string; readonly once?: string };

/** How one way of alerting the crew went. The newest twenty are kept. */
export function alerted(
  unit: StoredUnit,
  { assignmentId, once, ...outcome }: Alerting,
  actor: Actor,
): Turn | undefined {
  const now = theSame(unit, assignmentId);
  if (once !== undefined && now.alertedOnce?.includes(once) === true) return undefined;
  if (!isUnderWay(now)) throw over(unit, now);
  const alerts = [...now.alerts, { ...outcome, atMs: actor.nowMs }].slice(-MOST_ALERTS);
  const step = outcome.outcome === 'failed' ? 'alert-failed' : 'alerted';
  const { channel, reason } = outcome;
  const told = { ...line(actor), step, channel, ...(reason && { words: reason }) } as const;
  const alertedOnce = once === undefined ? {} : { alertedOnce: [...(now.alertedOnce ?? []), once] };
  return turned(unit, { ...now, ...alertedOnce, alerts, seq: now.seq + 1 }, told);
}

function diverted(open: Assignment, { to, reason }: { to: string; reason: string }, actor: Actor): Telling {
  const { incidentId, unitId } = open;
  const assignment = { ...moved(open, 'diverted', { diverted: actor.nowMs }), reason };
  const told = { ...line(actor), step: 'diverted', incidentId, unitId, otherIncidentId: to, words: reason } as const;
  return { assignment, lines: [told] };
}

function moved(now: Assignment, status: AssignmentStatus, stamp: Partial<Record<AssignmentStatus, number>>) {
  const rest = { ...now };
  delete rest.isUnanswered;
  delete rest.isOverdue;
  return { ...rest, status, atMs: { ...now.atMs, ...stamp }, seq: now.seq + 1 };
}

/** The crew, or the desk for it, asks for the caller's number: that is told whatever comes of it. */
export function ringing(unit: StoredUnit, { assignmentId }: { assignmentId: string }, teller: Teller): Turn {
  const now = theSame(unit, assignmentId);
  if (!isUnderWay(now)) throw over(unit, now);
  return turned(unit, { ...now, seq: now.seq + 1 }, { ...line(teller), step: 'caller-called' });
}

function turned(unit: StoredUnit, assignment: Assignment, told: Omit<Line, 'incidentId' | 'unitId'>): Turn {
  const { incidentId } = assignment;
  return { fields: { assignment }, tell: [{ assignment, lines: [{ ...told, incidentId, unitId: unit._id }] }] };
}

const line = ({ by, nowMs, channel, onBehalf }: Actor & Partial<Teller>) => ({
  ...{ by, atMs: nowMs },
  ...(channel === undefined ? {} : { channel }),
  ...(onBehalf === undefined ? {} : { onBehalf }),
});

/** The unit's assignment, when it is the one that is meant: a phone's old queue never touches the new one. */
function theSame(unit: StoredUnit, assignmentId: string): Assignment {
  const { assignment } = unit;
  if (assignment?.assignmentId === assignmentId) return assignment;
  const now = openAssignment(unit);
  const on = now === undefined ? 'tidak sedang bertugas · it is on none' : `sekarang pada ${now.incidentId}`;
  throw new Fault(
    'conflict',
    `tugas ${assignmentId} bukan tugas ${unit.name} lagi: ${on} · not its assignment any more`,
  );
}

function mayDecline(unit: StoredUnit, now: Assignment, reason: string | undefined): void {
  if (reason === undefined)
    throw new Fault('invalid', 'reason: tulis mengapa tugas ditolak · say why the assignment is declined');
  if (before('accepted', now.status))
    throw new Fault(
      'conflict',
      `${unit.name} sudah berangkat: minta meja kendali membatalkan · it has set off: ask the desk to call it back`,
    );
}

const mixed = ({ name, exercise }: StoredUnit) =>
  new Fault(
    'conflict',
    exercise
      ? `${name} unit simulasi, insiden ini nyata: pilih unit yang nyata · a simulated unit, a real incident: choose a real one`
      : `${name} unit nyata, insiden ini simulasi: pilih unit simulasi · a real unit, a simulated incident: choose a simulated one`,
  );

const busy = ({ name }: StoredUnit, { incidentId, sentBy, atMs }: Assignment) =>
  new Fault('conflict', `${name} sudah dikirim ke ${incidentId} · ${name} was sent to ${incidentId} already`, {
    deed: { by: sentBy, atMs: atMs.dispatched },
  });

const away = ({ name }: StoredUnit, { bookingId }: BookedSlot) =>
  new Fault(
    'conflict',
    `${name} sedang mengantar ${bookingId}: alihkan dengan alasan · it is on a booking: divert it with a reason`,
  );

const over = ({ name }: StoredUnit, now: Assignment) =>
  new Fault('conflict', `tugas ${name} pada ${now.incidentId} sudah berakhir · it is over`, {
    deed: { atMs: now.atMs[now.status] },
  });

const back = ({ name }: StoredUnit, now: Assignment) =>
  new Fault('conflict', `${name} sudah lebih jauh: langkah tidak mundur · ${name} is further already`, {
    deed: { atMs: now.atMs[now.status] },
  });
