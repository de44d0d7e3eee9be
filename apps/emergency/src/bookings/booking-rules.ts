import {
  Fault,
  isInCalendar,
  isOverBooking,
  lackedBy,
  MOST_BOOKING_LINES,
  waitsForUnit,
  type AskBooking,
  type BookingCause,
  type BookingDecided,
  type BookingLack,
  type BookingLine,
  type InputOf,
} from '@siaga/contracts';
import { CALLS_KEPT_MS } from '../retention-rules.ts';
import type { Actor } from '../units/unit-rules.ts';
import type { BookingDocument, StoredBooking } from './booking-document.ts';
import { asTrip, type Trip } from './slot-rules.ts';

const DAY_MS = 86_400_000;
/** So long screens show what is over. */
const SHOWN_MS = DAY_MS;
/** So long after its pick-up a booking waits for somebody to do something about it. */
const WAITS_MS = 30 * DAY_MS;

type Fields = Partial<{ [Field in keyof BookingDocument]: BookingDocument[Field] | undefined }>;

const lackWords: Record<BookingLack, string> = {
  whom: 'nama pasien atau nomor keluarga · the patient or a number',
  from: 'jemput di · from where',
  to: 'antar ke · to where',
};

/** A booking as it begins. Throws `invalid` that names what nobody could drive it without. */
export function asked(
  { pickUpAtMs, expectedReturnAtMs, ...notes }: InputOf<typeof AskBooking>['body'],
  { exercise }: { exercise: boolean },
  { by, nowMs }: Actor,
): BookingDocument {
  const lacks = lackedBy(notes).map((lack) => lackWords[lack]);
  if (lacks.length > 0) throw new Fault('invalid', `pesanan belum lengkap, tulis · still to be written: ${lacks.join('; ')}`); // prettier-ignore
  const trip = asTrip({ pickUpAtMs, expectedReturnAtMs }, nowMs);
  const history: BookingLine[] = [{ step: 'asked', by, atMs: nowMs }];
  return { ...notes, ...trip, status: 'requested', seq: 0, history, changedAtMs: nowMs, exercise };
}

/** Why somebody, or the service itself, decides something. */
export interface Why {
  readonly reason?: string;
  readonly because?: BookingCause;
}

/** Follows what a unit's calendar decided; undefined for what is known, or older than what is. */
export function followed(booking: StoredBooking, news: BookingDecided): Fields | undefined {
  if (news.seq <= booking.seq) return undefined;
  const { status, unitId, seq, pickUpAtMs, expectedReturnAtMs, atMs, incidentId, reason, because, driver } = news;
  const isFirst = status === 'planned' && waitsForUnit(booking);
  const begins = status === 'under-way' && booking.status !== 'under-way';
  const step = isFirst ? 'planned' : begins ? 'begun' : stepOf(status);
  return {
    ...{ status, seq, pickUpAtMs, expectedReturnAtMs, reason, because },
    ...lined(booking, { ...said(news), step, unitId, ...(incidentId && { incidentId }), ...whyOf(news) }),
    // of the unit that had it before
    ...(isFirst && { beganAtMs: undefined, driver: undefined, diverted: undefined }),
    // whose it was stays with what is over
    unitId: isInCalendar(news) || status === 'done' ? unitId : undefined,
    ...(begins && { beganAtMs: atMs, driver }),
    ...(status === 'done' && { endedAtMs: atMs }),
    ...(status === 'diverted' && incidentId !== undefined && { diverted: { unitId, incidentId, atMs } }),
  };
}

const stepOf = (status: BookingDecided['status']): BookingLine['step'] =>
  status === 'planned' || status === 'under-way' ? 'moved' : status === 'requested' ? 'released' : status;

const whyOf = ({
  reason,
  because,
}: Pick<BookingDecided, 'reason' | 'because'>): Pick<BookingLine, 'reason' | 'because'> => ({
  ...(reason !== undefined && { reason }),
  ...(because !== undefined && { because }),
});

/** Nobody is to be brought, while no unit has it. */
export function calledOff(booking: StoredBooking, actor: Actor & Why): Fields | undefined {
  if (booking.status === 'cancelled') return undefined;
  if (!waitsForUnit(booking)) throw moving(booking);
  const { reason, because } = actor;
  const line = { ...said({ ...actor, atMs: actor.nowMs }), step: 'cancelled' as const, ...whyOf(actor) };
  return { status: 'cancelled', reason, because, seq: booking.seq + 1, ...lined(booking, line) };
}

/** Another time, while no unit has it; undefined for a repeat. */
export function askedFor(booking: StoredBooking, trip: Trip, actor: Actor & { reason: string }): Fields | undefined {
  if (!waitsForUnit(booking)) throw moving(booking);
  if (booking.pickUpAtMs === trip.pickUpAtMs && booking.expectedReturnAtMs === trip.expectedReturnAtMs)
    return undefined;
  const line = { ...said({ ...actor, atMs: actor.nowMs }), step: 'moved' as const, reason: actor.reason };
  return { ...asTrip(trip, actor.nowMs), seq: booking.seq + 1, ...lined(booking, line) };
}

/** Refuses what is over, and says how it ended. */
export function notOver(booking: StoredBooking): StoredBooking {
  if (isOverBooking(booking))
    throw new Fault(
      'conflict',
      `${booking._id} sudah selesai atau batal: buat pesanan baru · it is over: ask for a new one`,
      {
        deed: deedOf(booking.history.at(-1)),
      },
    );
  return booking;
}

/** When the unit that has it got it, epoch ms. */
export const plannedAtMsOf = ({ history }: StoredBooking): number =>
  (history.findLast(({ step }) => step === 'planned') ?? history[0])?.atMs ?? 0;

/** Whose deed stands in the way. */
export const deedOf = (line: BookingLine | undefined) => ({ by: line?.by, atMs: line?.atMs });

/** When time does something to it next; undefined while it is on its way. */
export function wakeAtMsOf(booking: Pick<BookingDocument, 'status' | 'pickUpAtMs' | 'changedAtMs' | 'archived'>) {
  if (booking.status === 'under-way') return undefined;
  if (!isOverBooking(booking)) return Math.max(booking.pickUpAtMs, booking.changedAtMs) + WAITS_MS;
  return booking.changedAtMs + (booking.archived === true ? CALLS_KEPT_MS : SHOWN_MS);
}

/** The newest lines, and always the first. */
function lined({ history }: Pick<BookingDocument, 'history'>, line: BookingLine): Pick<BookingDocument, 'history'> {
  const all = [...history, line];
  return { history: all.length <= MOST_BOOKING_LINES ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_BOOKING_LINES)] }; // prettier-ignore
}

const said = ({ by, atMs, channel }: Pick<BookingLine, 'by' | 'atMs'> & { channel?: BookingLine['channel'] }) => ({
  ...{ by, atMs },
  ...(channel !== undefined && { channel }),
});

const moving = ({ _id }: StoredBooking) =>
  new Fault('conflict', `${_id} baru saja diubah orang lain, lihat lagi · somebody changed it just now, look again`);
