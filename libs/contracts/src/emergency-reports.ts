import { z } from 'zod';
import { KelurahanCode } from './condition.ts';
import { defineRoute } from './define-route.ts';
import { emergencyAgencies, IncidentKind } from './emergency.ts';
import { BookingPurpose } from './emergency-booked-slots.ts';
import { CallDisposition } from './emergency-calls.ts';
import { IncidentDisposition } from './emergency-incidents.ts';
import { UnitClass, UnitId } from './emergency-unit-register.ts';
import { Agency, EpochMs, label } from './shapes.ts';
import { YearMonth } from './street-energy.ts';

const Count = z.number().int().min(0);
const DurationMs = z.number().int().min(0);

/** From the first call to the first unit on the scene less than this, ms: SIGAP TRANTIBUM of Kota Probolinggo, 2025. */
export const RESPONSE_TARGET_MS = 15 * 60_000;

/**
 * Parts of an answer, each between the first stamps of its two ends over all calls and units. `response`: first call, or
 * opened where nobody called → on scene; `answer`: rings → answered, only where a telephone system said when it rang;
 * `dispatch`: answered → first unit sent; `accept`: sent → accepted; `turn-out`: accepted → en route; `travel`: en route →
 * on scene; `to-hospital`: on scene → at the hospital; `hand-over`: at the hospital → handed over.
 */
export const ResponseInterval = z.enum([
  'response',
  'answer',
  'dispatch',
  'accept',
  'turn-out',
  'travel',
  'to-hospital',
  'hand-over',
]);
export type ResponseInterval = z.infer<typeof ResponseInterval>;

/**
 * What is known of one interval. Percentiles by nearest rank: the least measured value that so many per cent are not
 * above, so always one that happened; absent where nothing was measured.
 */
export const IntervalSummary = z.object({
  /** Both ends have a stamp, in their order. */
  measured: Count,
  /** It must have happened, but an end has no stamp: never counted as nought. */
  notRecorded: Count,
  /** The later end is stamped before the earlier one: somebody’s clock, or a step written down late. */
  contradicting: Count,
  p50Ms: DurationMs.optional(),
  p90Ms: DurationMs.optional(),
});
export type IntervalSummary = z.infer<typeof IntervalSummary>;

/** Incidents and how fast they were answered. */
export const ResponseGroup = z.object({
  incidents: Count,
  /** Of `response.measured`, those under the target. */
  withinTarget: Count,
  intervals: z.record(ResponseInterval, IntervalSummary),
});
export type ResponseGroup = z.infer<typeof ResponseGroup>;

/** What one unit did in a month. How far it went is not recorded anywhere, so it is not here. */
export const UnitActivity = z.object({
  unitId: UnitId,
  name: label(60),
  /** Absent: no longer in the register. */
  unitClass: UnitClass.optional(),
  agency: Agency.optional(),
  /** Sent to incidents of the month. */
  sent: Count,
  accepted: Count,
  /** Came to the scene. */
  arrived: Count,
  /** Brought somebody to a hospital. */
  transported: Count,
  declined: Count,
  /** Called back or diverted. */
  calledOff: Count,
  /** Of `sent`, by triage: red or yellow; green or black; nobody asked. */
  urgent: Count,
  notUrgent: Count,
  untriaged: Count,
  /** As it was declared, cut to the month and to now; absent: that is not kept any more. */
  onDutyMs: DurationMs.optional(),
  /** Passed over at dispatch because nobody was on duty in it; absent likewise. */
  skippedWithoutCrew: Count.optional(),
});
export type UnitActivity = z.infer<typeof UnitActivity>;

/** Ambulances booked for what is no emergency, by their pick-up: each booking once in every figure that is true of it. */
export const BookingFigures = z.object({
  /** To be picked up in the month, as wanted or planned last. */
  asked: Count,
  /** The unit set off, and came back or is on its way. */
  driven: Count,
  cancelled: Count,
  /** An emergency took its ambulance, also where another brought the patient then. */
  diverted: Count,
});
export type BookingFigures = z.infer<typeof BookingFigures>;

/** A month of 112 and SPGDT; nothing simulated is in it. */
export const EmergencyMonth = z.object({
  month: YearMonth,
  reckonedAtMs: EpochMs,
  targetMs: DurationMs,
  /** Opened in the month, those merged into others not counted again. */
  total: ResponseGroup,
  /** Not closed yet. */
  open: Count,
  /** Closed without a unit: nothing of a unit’s times is asked of them. */
  withoutUnit: Count,
  /** Closed as the same as another: counted nowhere else. */
  duplicates: Count,
  dispositions: z.partialRecord(IncidentDisposition, Count),
  /** Most incidents first; without kind: nobody said. */
  byKind: z.array(ResponseGroup.extend({ kind: IncidentKind.optional() })),
  /** By code; without code: outside the city, or nobody knows exactly enough. */
  byKelurahan: z.array(ResponseGroup.extend({ kelurahanCode: KelurahanCode.optional() })),
  calls: z.object({
    /** Begun in the month. */
    total: Count,
    unanswered: Count,
    /** By the ministry’s categories. */
    byDisposition: z.partialRecord(CallDisposition, Count),
    /** Nobody said yet what they were. */
    notSaid: Count,
    answer: IntervalSummary,
  }),
  /** Absent: all calls and bookings of the month are still kept. Else those done before then are erased, epoch ms. */
  callsErasedBeforeMs: EpochMs.optional(),
  bookings: z.object({
    total: BookingFigures,
    byPurpose: z.record(BookingPurpose, BookingFigures),
  }),
  /** By name. */
  units: z.array(UnitActivity),
  /** Simulated incidents that were left out. */
  exercises: Count,
});
export type EmergencyMonth = z.infer<typeof EmergencyMonth>;

export const GetEmergencyMonth = defineRoute({
  name: 'emergency.months.get',
  summary:
    'A month of incidents, calls, bookings and units in figures, by city time, reckoned now: no names, nothing simulated. With `Accept: text/csv` a spreadsheet in Bahasa.',
  method: 'GET',
  path: '/api/emergency/months/:month',
  params: z.object({ month: YearMonth }),
  answer: EmergencyMonth,
  permission: ['viewer', 'call-taker', 'dispatcher', 'supervisor', 'agency-admin'],
  agencies: emergencyAgencies,
});
