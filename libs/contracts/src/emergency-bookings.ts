import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import {
  BookingId,
  callDesk,
  Channel,
  Deed,
  dispatchDesk,
  emergencyAgencies,
  IncidentId,
  Simulated,
  TelephoneNumber,
} from './emergency.ts';
import { BookedSlot } from './emergency-booked-slots.ts';
import { UnitId } from './emergency-unit-register.ts';
import type { Role } from './role.ts';
import { EpochMs, label, pageOf, PageQuery } from './shapes.ts';
import { lines } from './street-reports.ts';

const Count = z.number().int().min(0);
const Reason = label(200).meta({ class: 'health' });

/** The desk sees whom; everybody else when and with what, and a crew whom it drives by {@link ReadTrip}. */
const readers: readonly Role[] = [...callDesk, 'viewer', 'responder'];
const desk = { permission: dispatchDesk, agencies: emergencyAgencies };

/**
 * Asked for → planned with a unit → on its way → done. `diverted`: an emergency took its ambulance, and somebody has to call
 * the family; it waits for another unit or another time, as one that was asked for does.
 */
export const BookingStatus = z.enum(['requested', 'planned', 'under-way', 'done', 'cancelled', 'diverted']);
export type BookingStatus = z.infer<typeof BookingStatus>;
type OfStatus = Readonly<Record<'status', BookingStatus>>;

/** No unit has it, and one is looked for. */
export const waitsForUnit = ({ status }: OfStatus): boolean => status === 'requested' || status === 'diverted';
/** It stands in the calendar of a unit. */
export const isInCalendar = ({ status }: OfStatus): boolean => status === 'planned' || status === 'under-way';
/** Nothing happens to it any more. */
export const isOverBooking = ({ status }: OfStatus): boolean => status === 'done' || status === 'cancelled';

/** From then on a trip that has not ended is shown as *belum kembali*, ms after its expected return. No alarm. */
export const NOT_BACK_AFTER_MS = 1_800_000;

/** A trip lasts so long at most, ms: what takes longer are two. */
export const LONGEST_TRIP_MS = 86_400_000;

/** So many lines of what became of a booking are kept: the first, and the newest. */
export const MOST_BOOKING_LINES = 60;

const patient = {
  patientName: label(80),
  /** The family's, whom somebody calls when nobody comes. */
  number: TelephoneNumber,
  /** Who asked for it, where that is somebody else: a puskesmas, a neighbour. */
  askedBy: label(80),
  /** Oxygen, a wheelchair, lying down. */
  needs: lines(500),
  from: label(200),
  to: label(200),
};

/**
 * Who is to be brought, from where to where: what is not known yet is written down later. Said to who answers, and for them:
 * of 29 crews one drives it.
 */
export const BookingNotes = z
  .object({
    patientName: patient.patientName.meta({ class: 'caller' }),
    number: patient.number.meta({ class: 'caller' }),
    askedBy: patient.askedBy.meta({ class: 'caller' }),
    needs: patient.needs.meta({ class: 'caller' }),
    from: patient.from.meta({ class: 'caller' }),
    to: patient.to.meta({ class: 'caller' }),
  })
  .partial();
export type BookingNotes = z.infer<typeof BookingNotes>;

/** What a booking cannot be driven without: `whom` is the patient, or somebody who can be asked. */
export type BookingLack = 'whom' | 'from' | 'to';

/** What is missing of a booking before it can be asked for; nothing, where somebody can be called and brought. */
export function lackedBy({ patientName, number, askedBy, from, to }: BookingNotes): readonly BookingLack[] {
  const whom = patientName ?? number ?? askedBy;
  return [
    ...(whom === undefined ? (['whom'] as const) : []),
    ...(from === undefined ? (['from'] as const) : []),
    ...(to === undefined ? (['to'] as const) : []),
  ];
}

const { patientName, number, askedBy, needs, from, to } = BookingNotes.shape;
const WrittenNotes = z.object({
  ...{ patientName: patientName.nullable(), number: number.nullable(), askedBy: askedBy.nullable() },
  ...{ needs: needs.nullable(), from: from.nullable(), to: to.nullable() },
});

/** Why the service itself decided something; the words are the wall's. `forgotten`: nobody did anything about it for a month. */
export const BookingCause = z.enum(['forgotten', 'exercise-cleared']);
export type BookingCause = z.infer<typeof BookingCause>;

/** What happened to a booking once. */
export const BookingLine = Deed.extend({
  step: z.enum(['asked', 'planned', 'moved', 'released', 'begun', 'done', 'cancelled', 'diverted']),
  unitId: UnitId.optional(),
  incidentId: IncidentId.optional(),
  reason: Reason.optional(),
  because: BookingCause.optional(),
});
export type BookingLine = z.infer<typeof BookingLine>;

export const emergencyBookings = defineStream({ name: 'emergency.bookings', delivery: 'latest', keepForDays: 400 });

/** One booking of an ambulance as it is now. A tombstone a day after it was over: lists show it for longer. */
export const BookingChanged = defineEvent({
  name: 'emergency.booking.changed',
  summary: 'One booking of an ambulance that is no emergency, as it is now: who, where, when, with which unit.',
  stream: emergencyBookings,
  data: BookingNotes.extend({
    bookingId: BookingId,
    status: BookingStatus,
    ...BookedSlot.pick({ purpose: true, pickUpAtMs: true, expectedReturnAtMs: true }).shape,
    /** The unit whose calendar has it; absent while none has. */
    unitId: UnitId.optional(),
    /** Who drives it, as its crew was when it set off. */
    driver: label(60).meta({ class: 'personal' }).optional(),
    beganAtMs: EpochMs.optional(),
    endedAtMs: EpochMs.optional(),
    /** Of `diverted`: for what, and why. */
    diverted: z.object({ unitId: UnitId, incidentId: IncidentId, atMs: EpochMs }).optional(),
    /** Why it was cancelled or diverted last. */
    reason: Reason.optional(),
    because: BookingCause.optional(),
    history: z.array(BookingLine).max(MOST_BOOKING_LINES),
    /** Counts up with each decision about it, whoever made it. */
    seq: Count,
    changedAtMs: EpochMs,
    version: z.number().int().min(1),
  }),
  key: (booking) => booking.bookingId,
  version: (booking) => booking.version,
  audience: emergencyAgencies,
  urgent: true,
});
export type BookingChanged = DataOf<typeof BookingChanged>;
export const Booking = BookingChanged.data;

export const emergencyBookingDecisions = defineStream({
  name: 'emergency.booking-decisions',
  delivery: 'latest',
  keepForDays: 400,
  onRequest: true,
});

/** What a unit's calendar decided about one booking: the booking follows it, by its `seq`. */
export const BookingDecided = defineEvent({
  name: 'emergency.booking.decided',
  summary: 'What the calendar of a unit decided about one booking: planned, on its way, done, or not with it any more.',
  stream: emergencyBookingDecisions,
  data: Deed.extend({
    ...BookedSlot.pick({ bookingId: true, seq: true, pickUpAtMs: true, expectedReturnAtMs: true }).shape,
    unitId: UnitId,
    /** `requested`: it is not with this unit any more, and waits for another. */
    status: BookingStatus,
    driver: label(60).meta({ class: 'personal' }).optional(),
    incidentId: IncidentId.optional(),
    reason: Reason.optional(),
    because: BookingCause.optional(),
  }),
  key: (decided) => `${decided.bookingId}@${decided.unitId}`,
  version: (decided) => decided.seq,
  audience: emergencyAgencies,
});
export type BookingDecided = DataOf<typeof BookingDecided>;

const ByBooking = z.object({ bookingId: BookingId });
const act = { method: 'POST', params: ByBooking, answer: Booking, status: 200 } as const;
const Times = BookedSlot.pick({ pickUpAtMs: true, expectedReturnAtMs: true });

export const AskBooking = defineRoute({
  name: 'emergency.bookings.ask',
  summary:
    'Somebody asks for an ambulance that is no emergency: what for, when, from where, to where, and the patient or whom to call. 400 names what is missing; the rest is written later.',
  method: 'POST',
  path: '/api/emergency/bookings',
  body: BookingNotes.extend({ purpose: BookedSlot.shape.purpose, ...Times.shape }),
  answer: Booking,
  permission: callDesk,
  agencies: emergencyAgencies,
});

export const ListBookings = defineRoute({
  name: 'emergency.bookings.list',
  summary: 'Bookings by their pick-up: those from `fromMs` on and before `toMs`, of one unit or one state.',
  method: 'GET',
  path: '/api/emergency/bookings',
  query: PageQuery.extend({
    fromMs: z.coerce.number().pipe(EpochMs).optional(),
    toMs: z.coerce.number().pipe(EpochMs).optional(),
    unitId: UnitId.optional(),
    status: BookingStatus.optional(),
  }),
  answer: pageOf(Booking.extend(Simulated.shape)),
  permission: readers,
  agencies: emergencyAgencies,
});

export const WriteBooking = defineRoute({
  name: 'emergency.bookings.write',
  summary:
    'Writes down more about a booking: only the fields given are changed, `null` takes one out. 409 when it is over.',
  path: '/api/emergency/bookings/:bookingId/notes',
  body: WrittenNotes,
  ...{ ...act, permission: callDesk, agencies: emergencyAgencies },
});

export const SuggestBooking = defineRoute({
  name: 'emergency.bookings.suggest',
  summary:
    'Units that may take it, each with the first time that fits: at the time wanted first. Nothing is planned by it.',
  method: 'GET',
  path: '/api/emergency/bookings/:bookingId/suggestion',
  params: ByBooking,
  answer: z.object({
    items: z
      .array(
        Times.extend({
          unitId: UnitId,
          /** At the time that was asked for. */
          isAsWanted: z.boolean(),
        }),
      )
      .max(20),
  }),
  ...desk,
});

export const PlanBooking = defineRoute({
  name: 'emergency.bookings.plan',
  summary:
    'Puts it into a unit’s calendar, at the time wanted or another. 409 when the unit has another booking then, or somebody was faster: by whom is told.',
  path: '/api/emergency/bookings/:bookingId/plan',
  body: Times.partial().extend({ unitId: UnitId }),
  ...{ ...act, ...desk },
});

export const MoveBooking = defineRoute({
  name: 'emergency.bookings.move',
  summary:
    'Another time, with the reason; of one on its way only the expected return. 409 when the unit has another booking then. To another unit: release it, then plan it.',
  path: '/api/emergency/bookings/:bookingId/move',
  body: Times.partial().extend({ reason: label(200) }),
  ...{ ...act, ...desk },
});

export const ReleaseBooking = defineRoute({
  name: 'emergency.bookings.release',
  summary: 'Out of the calendar that has it, with the reason: it waits for another unit. 409 when it has set off.',
  path: '/api/emergency/bookings/:bookingId/release',
  body: z.object({ reason: label(200) }),
  ...{ ...act, ...desk },
});

export const CancelBooking = defineRoute({
  name: 'emergency.bookings.cancel',
  summary: 'Nobody is to be brought after all, with the reason. 409 when it is over.',
  path: '/api/emergency/bookings/:bookingId/cancel',
  body: z.object({ reason: label(200) }),
  ...{ ...act, ...desk },
});

const byCrew = { permission: [...dispatchDesk, 'responder'] as const, agencies: emergencyAgencies };
const said = z.object({
  /** When it was, where that was earlier: a phone sends it when the network is back. */
  atMs: EpochMs.optional(),
  channel: Channel.optional(),
});

export const BeginBooking = defineRoute({
  name: 'emergency.bookings.begin',
  summary:
    'The unit sets off, said by its crew or by the desk for it, at once or later with its time. 409 while it is on an incident or another booking.',
  path: '/api/emergency/bookings/:bookingId/begin',
  body: said,
  ...{ ...act, ...byCrew },
});

export const EndBooking = defineRoute({
  name: 'emergency.bookings.end',
  summary: 'The unit is back, said by its crew or by the desk for it, at once or later with its time.',
  path: '/api/emergency/bookings/:bookingId/end',
  body: said,
  ...{ ...act, ...byCrew },
});

export const ReadTrip = defineRoute({
  name: 'emergency.bookings.trip',
  summary:
    'Whom a unit brings, from where to where and whose family is to be called: for its crew, as long as it stands in its calendar. 403 for other crews.',
  method: 'GET',
  path: '/api/emergency/bookings/:bookingId/trip',
  params: ByBooking,
  answer: z
    .object({
      patientName: patient.patientName.meta({ class: 'personal' }),
      number: patient.number.meta({ class: 'personal' }),
      needs: patient.needs.meta({ class: 'health' }),
      from: patient.from.meta({ class: 'personal' }),
      to: patient.to.meta({ class: 'personal' }),
    })
    .partial(),
  permission: ['responder'],
  agencies: emergencyAgencies,
  audit: ({ params }: { params: { bookingId: string } }) => [`booking:${params.bookingId}`],
});
