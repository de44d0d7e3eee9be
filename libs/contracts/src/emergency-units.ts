import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { KelurahanCode } from './condition.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import {
  AssignmentId,
  BookingId,
  Channel,
  Deed,
  dispatchDesk,
  emergencyAgencies,
  emergencyReaders,
  IncidentId,
  TelephoneNumber,
} from './emergency.ts';
import type { Role } from './role.ts';
import { AccuracyM, Agency, EpochMs, label, pageOf, PageQuery, Place, registerId } from './shapes.ts';

const Count = z.number().int().min(0);
/** The desk, and crews for themselves. */
const crewAndDesk: readonly Role[] = [...dispatchDesk, 'responder'];

export const UnitId = registerId('unitId');

/** What is sent: by what it rides in. */
export const UnitClass = z.enum([
  'ambulance',
  'patrol-car',
  'motorcycle',
  'fire-engine',
  'rescue-car',
  'foot-patrol',
  'hearse',
  'tanker',
  'tow-truck',
]);
export type UnitClass = z.infer<typeof UnitClass>;

/** What it can do, however it rides. */
export const UnitCapability = z.enum([
  'transport',
  'life-support',
  'fire',
  'rescue',
  'animal',
  'public-order',
  'traffic',
  'mental-health',
]);
export type UnitCapability = z.infer<typeof UnitCapability>;

/** Where it usually stands. */
export const UnitPost = Place.extend({ words: label(80), kelurahanCode: KelurahanCode.optional() });

/** A unit as its agency keeps it in the register. */
export const Unit = z.object({
  unitId: UnitId,
  /** As it is called on the radio: `Ambulans Pilang`, `Surya 2`. */
  name: label(60),
  unitClass: UnitClass,
  capabilities: z.array(UnitCapability).max(UnitCapability.options.length),
  agency: Agency,
  plate: label(16).optional(),
  post: UnitPost.optional(),
  /** `base`: a crew sits beside it, 30 s to answer; `on-call`: its one driver is at home, 90 s. */
  answers: z.enum(['base', 'on-call']),
});
export type Unit = z.infer<typeof Unit>;

/** Seconds within which a unit is to answer, by how its crew waits. */
export const ANSWER_WITHIN_S: Readonly<Record<Unit['answers'], number>> = { base: 30, 'on-call': 90 };
/** From then on the desk shows *belum diterima* with the driver's number, ms. */
export const SILENT_AFTER_MS = 10_000;

/** Somebody who rides in a unit now. */
export const CrewMember = z.object({
  /** Absent: somebody who never opens our app. */
  principalId: AlarmActor.optional(),
  name: label(60).meta({ class: 'personal' }),
  number: TelephoneNumber.meta({ class: 'personal' }).optional(),
  task: z.enum(['driver', 'medic', 'officer', 'leader']),
});
export type CrewMember = z.infer<typeof CrewMember>;

/**
 * Declared by one tap or by the desk, ends with the shift, then *belum lapor* — never ready by itself. `off` is what the
 * crew said, `unreported` what nobody said.
 */
export const UnitDuty = z.enum(['on', 'off', 'unreported']);
export type UnitDuty = z.infer<typeof UnitDuty>;

/** May it be sent? EIDO primaryUnitStatus. */
export const UnitAvailability = z.enum(['Available', 'ConditionallyAvailable', 'NotAvailable']);
export type UnitAvailability = z.infer<typeof UnitAvailability>;

/** How far one assignment is. `declined`, `cancelled`, `diverted`, `clear` are its ends. */
export const AssignmentStatus = z.enum([
  'dispatched',
  'accepted',
  'en-route',
  'on-scene',
  'patient-contact',
  'leaving-scene',
  'at-hospital',
  'handed-over',
  'clear',
  'declined',
  'cancelled',
  'diverted',
]);
export type AssignmentStatus = z.infer<typeof AssignmentStatus>;

/** Ends of an assignment: from then on the unit is its own again. */
export const endsOfAssignment: ReadonlySet<AssignmentStatus> = new Set(['clear', 'declined', 'cancelled', 'diverted']);

/** The unit is still on it. */
export const isUnderWay = ({ status }: { status: AssignmentStatus }): boolean => !endsOfAssignment.has(status);

/** What a unit is on now; its last one stays with it when that is over. Undefined: it is its own. */
export const openAssignment = <Assignment extends { status: AssignmentStatus }>({
  assignment,
}: {
  assignment?: Assignment | undefined;
}): Assignment | undefined => (assignment !== undefined && isUnderWay(assignment) ? assignment : undefined);

/** One unit on one incident, as the incident keeps it. */
export const AssignmentSummary = z.object({
  assignmentId: AssignmentId,
  unitId: UnitId,
  unitName: label(60),
  status: AssignmentStatus,
  /** First time of each status, epoch ms. */
  atMs: z.partialRecord(AssignmentStatus, EpochMs),
  /** Of an end: why. */
  reason: label(200).optional(),
  /** Counts up with each change of the assignment. */
  seq: Count,
  /** The unit's: it sees what its unit is sent to. Absent: sent before this was said. */
  agency: Agency.optional(),
});
export type AssignmentSummary = z.infer<typeof AssignmentSummary>;

/** What an ambulance is booked for: *kontrol*, *rujukan*, *pulang*, *jenazah*. */
export const BookingPurpose = z.enum(['control', 'referral', 'discharge', 'deceased']);
export type BookingPurpose = z.infer<typeof BookingPurpose>;

/** One booking in a unit's calendar: of whom stands with the booking only. */
export const BookedSlot = z.object({
  bookingId: BookingId,
  purpose: BookingPurpose,
  pickUpAtMs: EpochMs,
  /** The unit is its own again then, as expected. */
  expectedReturnAtMs: EpochMs,
  status: z.enum(['planned', 'under-way']),
  /** Of `under-way`: when it set off. */
  beganAtMs: EpochMs.optional(),
  /** Counts up with each decision about the booking. */
  seq: Count,
});
export type BookedSlot = z.infer<typeof BookedSlot>;

/** What a unit brings somewhere now that is no emergency; undefined: nothing. */
export const bookingUnderWay = <Slot extends { status: BookedSlot['status'] }>({
  bookings,
}: {
  bookings?: readonly Slot[] | undefined;
}): Slot | undefined => bookings?.find(({ status }) => status === 'under-way');

/** Reason of a failure where nobody has set that way up: no fault of anybody, and said without one. */
export const NOT_SET_UP = 'tidak diatur · not set up';

/** How one way of alerting a crew went. */
export const AlertOutcome = z.object({
  channel: Channel,
  outcome: z.enum(['sent', 'delivered', 'failed']),
  atMs: EpochMs,
  /** Exact, of a failure. */
  reason: label(200).optional(),
});
export type AlertOutcome = z.infer<typeof AlertOutcome>;

export const emergencyUnits = defineStream({ name: 'emergency.units', delivery: 'latest', keepForDays: 3650 });

/** One unit as it is now: register, duty, and what it is on. */
export const UnitChanged = defineEvent({
  name: 'emergency.unit.changed',
  summary: 'One unit as it is now: whether it may be sent, what it does, who rides in it, where it is parked.',
  stream: emergencyUnits,
  data: Unit.extend({
    duty: UnitDuty,
    /** Of `on`: then it is *belum lapor*. */
    dutyUntilMs: EpochMs.optional(),
    /** Who said so last, by what way, and why; absent where time did it. */
    dutySaid: Deed.extend({ reason: label(200).meta({ class: 'health' }).optional() }).optional(),
    crew: z.array(CrewMember).max(10),
    availability: UnitAvailability,
    /** Where it stands now, when that is not its post: as said, not measured. */
    parked: UnitPost.extend({ atMs: EpochMs }).optional(),
    assignment: AssignmentSummary.extend({
      incidentId: IncidentId,
      alerts: z.array(AlertOutcome).max(20),
      /** Nothing was heard of it by then, epoch ms: the desk acts. */
      answerByMs: EpochMs,
      isUnanswered: z.literal(true).optional(),
      /** Not accepted by `answerByMs`: *lewat waktu jawab: telepon sopir*. Leaves with the first answer. */
      isOverdue: z.literal(true).optional(),
    }).optional(),
    /** Its calendar: bookings that are planned or on their way, first pick-up first. Absent: none. */
    bookings: z.array(BookedSlot).max(100).optional(),
    changedAtMs: EpochMs,
    version: z.number().int().min(1),
  }),
  key: (unit) => unit.unitId,
  /** Not its version: one that was taken out and is put back counts from 1 again, and is newer all the same. */
  version: (unit) => unit.changedAtMs,
  audience: ({ agency }) => [...new Set([...emergencyAgencies, agency])],
  urgent: true,
});
export type UnitChanged = DataOf<typeof UnitChanged>;

/** As long as hours of duty are reckoned: whoever follows anew has all of them. */
export const emergencyDuties = defineStream({
  name: 'emergency.duties',
  delivery: 'every',
  keepForDays: 400,
  onRequest: true,
});

/** Somebody declared the duty of a unit. The unit keeps only the last such word; hours on duty are made of each of them. */
export const DutyDeclared = defineEvent({
  name: 'emergency.duty.declared',
  summary: 'A unit was declared on duty, until when, or off duty: one word of many, and no names.',
  stream: emergencyDuties,
  data: z.object({
    unitId: UnitId,
    duty: UnitDuty.exclude(['unreported']),
    /** Of `on`: then it is *belum lapor*. */
    untilMs: EpochMs.optional(),
    atMs: EpochMs,
  }),
  key: (word) => word.unitId,
  id: (word) => `${word.unitId}@${String(word.atMs)}`,
  audience: emergencyAgencies,
});
export type DutyDeclared = DataOf<typeof DutyDeclared>;

export const emergencyAssignments = defineStream({
  name: 'emergency.assignments',
  delivery: 'latest',
  keepForDays: 3650,
  onRequest: true,
});

/** One unit on one incident, from being sent to its end: the incident counts its times by it. */
export const AssignmentChanged = defineEvent({
  name: 'emergency.assignment.changed',
  summary: 'One unit on one incident, from being sent to its end.',
  stream: emergencyAssignments,
  data: AssignmentSummary.extend({ incidentId: IncidentId }),
  key: (assignment) => assignment.assignmentId,
  version: (assignment) => assignment.seq,
  audience: emergencyAgencies,
});
export type AssignmentChanged = DataOf<typeof AssignmentChanged>;

export const emergencyPositions = defineStream({ name: 'emergency.positions', delivery: 'latest', keepForDays: 30 });

/** Where a unit is, by its tracker or its crew's phone. */
export const UnitMoved = defineEvent({
  name: 'emergency.unit.moved',
  summary: 'Where a unit is, by its tracker or its crew’s phone.',
  stream: emergencyPositions,
  data: Place.extend({
    unitId: UnitId,
    atMs: EpochMs,
    accuracyM: AccuracyM.optional(),
    speedKph: z.number().min(0).max(300).optional(),
    source: z.enum(['tracker', 'phone']),
  }),
  key: (unit) => unit.unitId,
  version: (unit) => unit.atMs,
  where: (unit) => unit,
  freshForMs: 120_000,
  audience: emergencyAgencies,
});
export type UnitMoved = DataOf<typeof UnitMoved>;

const ByUnit = z.object({ unitId: UnitId });
const RegisteredUnit = UnitChanged.data;

export const PutUnit = defineRoute({
  name: 'emergency.units.put',
  summary: 'Writes a unit into the register, or changes it. Its duty and work stay as they are.',
  method: 'PUT',
  path: '/api/emergency/units/:unitId',
  params: ByUnit,
  body: Unit.omit({ unitId: true }),
  answer: RegisteredUnit,
  permission: ['agency-admin', 'supervisor'],
});

export const RemoveUnit = defineRoute({
  name: 'emergency.units.remove',
  summary: 'Takes a unit out of the register. 409 while it is on an incident.',
  method: 'DELETE',
  path: '/api/emergency/units/:unitId',
  params: ByUnit,
  answer: z.object({ removed: z.literal(true) }),
  permission: ['agency-admin'],
});

export const ListUnits = defineRoute({
  name: 'emergency.units.list',
  summary: 'Units of the caller’s agencies, by id.',
  method: 'GET',
  path: '/api/emergency/units',
  query: PageQuery.extend({ unitClass: UnitClass.optional(), duty: UnitDuty.optional() }),
  answer: pageOf(RegisteredUnit),
  permission: emergencyReaders,
});

const act = { method: 'POST', params: ByUnit, answer: RegisteredUnit, status: 200, permission: crewAndDesk } as const;

export const DeclareDuty = defineRoute({
  name: 'emergency.units.duty',
  summary:
    'The crew is on duty until then, or off; by itself, or by the desk for it. At most 24 h at a time. 409 while it is on an incident and goes off.',
  path: '/api/emergency/units/:unitId/duty',
  body: z.discriminatedUnion('duty', [
    z.object({
      duty: z.literal('on'),
      untilMs: EpochMs,
      crew: z.array(CrewMember).min(1).max(10),
      channel: Channel.optional(),
    }),
    z.object({
      duty: z.literal('off'),
      reason: label(200).meta({ class: 'health' }).optional(),
      channel: Channel.optional(),
    }),
  ]),
  ...act,
});

export const ParkUnit = defineRoute({
  name: 'emergency.units.park',
  summary: 'Where the unit stands now; without a place: at its post.',
  path: '/api/emergency/units/:unitId/place',
  body: z.object({ parked: UnitPost.optional() }),
  ...act,
});

export const StepUnit = defineRoute({
  name: 'emergency.units.step',
  summary:
    'The unit’s next status on its incident, said by its crew or by the desk on its behalf (*lewat* radio, telephone, WhatsApp). A step that was missed is no error, and may be told later with its time; back is none. 409 when the assignment is another, or over.',
  path: '/api/emergency/units/:unitId/steps',
  body: z.object({
    assignmentId: AssignmentId,
    status: AssignmentStatus.exclude(['dispatched', 'diverted', 'cancelled']),
    /** When it happened, where that was earlier: written down late, or sent when the network was back. */
    atMs: EpochMs.optional(),
    /** Of a decline: why. */
    reason: label(200).optional(),
    channel: Channel.optional(),
  }),
  ...act,
});

export const TellAlert = defineRoute({
  name: 'emergency.units.tell-alert',
  summary:
    'How one way of alerting the crew went: the phone says that it rang, the desk that it called the driver, or could not. 409 when the assignment is another, or over.',
  path: '/api/emergency/units/:unitId/alerts',
  body: AlertOutcome.omit({ atMs: true }).extend({ assignmentId: AssignmentId }),
  ...act,
});

export const RingCaller = defineRoute({
  name: 'emergency.units.ring-caller',
  summary:
    'The numbers of those who called about the unit’s incident, for its crew and for the desk, latest caller first: written into the timeline before they are told. 404 when nobody left one; 409 when the assignment is another, or over.',
  path: '/api/emergency/units/:unitId/caller',
  body: z.object({ assignmentId: AssignmentId }),
  ...act,
  answer: z.object({
    items: z
      .array(
        z.object({
          number: TelephoneNumber.meta({ class: 'personal' }),
          name: label(80).meta({ class: 'personal' }).optional(),
          calledAtMs: EpochMs,
        }),
      )
      .max(20),
  }),
  audit: ({ params }: { params: { unitId: string } }) => [`unit:${params.unitId}`],
});

/** A position that old is not where the unit is, ms: whom to send is weighed by where it parked, or its post. */
export const POSITION_FRESH_MS = 600_000;

export const TellPosition = defineRoute({
  name: 'emergency.units.tell-position',
  summary:
    'The crew’s phone says where the unit is. An older one than is known is taken for a repeat; a clock more than 5 minutes ahead is refused.',
  method: 'POST',
  path: '/api/emergency/units/:unitId/position',
  params: ByUnit,
  body: UnitMoved.data.pick({ lat: true, lng: true, accuracyM: true, speedKph: true, atMs: true }),
  answer: z.object({ told: z.literal(true) }),
  status: 200,
  permission: ['responder'],
  audit: 'none',
});
