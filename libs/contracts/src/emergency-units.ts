import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { Deed, emergencyAgencies, emergencyReaders, IncidentId } from './emergency.ts';
import { AlertOutcome, AssignmentSummary } from './emergency-assignments.ts';
import { BookedSlot } from './emergency-booked-slots.ts';
import {
  CrewMember,
  Unit,
  UnitAvailability,
  UnitClass,
  UnitDuty,
  UnitId,
  UnitPost,
} from './emergency-unit-register.ts';
import { AccuracyM, EpochMs, label, pageOf, PageQuery, Place } from './shapes.ts';

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

export const ByUnit = z.object({ unitId: UnitId });
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
