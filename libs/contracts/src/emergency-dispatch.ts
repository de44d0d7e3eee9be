import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { AssignmentId, dispatchDesk, emergencyAgencies, IncidentId, IncidentKind, Partner } from './emergency.ts';
import { IncidentLevel } from './emergency-incidents.ts';
import { TriageTag } from './emergency-triage.ts';
import { BookedSlot } from './emergency-booked-slots.ts';
import { UnitCapability, UnitClass, UnitId } from './emergency-unit-register.ts';
import { UnitChanged } from './emergency-units.ts';
import { Agency, label } from './shapes.ts';

const Count = z.number().int().min(0);
const desk = { permission: dispatchDesk, agencies: emergencyAgencies };

/** What to send to an incident, as data: the first card that fits counts. */
export const RunCard = z.object({
  cardId: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  /** Absent: any. */
  kinds: z.array(IncidentKind).optional(),
  tags: z.array(TriageTag).optional(),
  levels: z.array(IncidentLevel).optional(),
  /** City hours [from, to), over midnight where from > to; absent: always. */
  hours: z.object({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(24) }).optional(),
  /** In the order in which they are wanted. */
  send: z
    .array(
      z.object({
        count: z.number().int().min(1).max(10),
        unitClasses: z.array(UnitClass).min(1),
        capability: UnitCapability.optional(),
        why: z.object({ id: label(120), en: label(120) }),
      }),
    )
    .max(10),
  /** Agencies that are told. */
  tell: z.array(Agency).max(Agency.options.length),
  /** Partners without a desk here that are told, beside those of the ladder. */
  partners: z.array(Partner).max(Partner.options.length).optional(),
});
export type RunCard = z.infer<typeof RunCard>;

/** Why a unit is not the one to send; words are the wall's. */
export const PassedOver = z.enum(['no-crew', 'off-duty', 'unreported', 'busy', 'booked', 'not-capable', 'no-place']);
export type PassedOver = z.infer<typeof PassedOver>;

/** A unit as the desk weighs it. */
export const Candidate = z.object({
  unitId: UnitId,
  /** Straight line, metres; absent: nobody knows where it is, or where the incident is. */
  distanceM: Count.optional(),
  /**
   * By the roads of the imported street map, seconds, at speeds that are assumed of each class of road; absent: no map, or no
   * road leads there.
   */
  travelS: Count.optional(),
  /** Age of the position the distance is from, ms; absent: its post or where it said it parked. */
  positionAgeMs: Count.optional(),
  /** Absent: may be sent. */
  passedOver: PassedOver.optional(),
  /** Of `busy`: on which incident; it may be diverted openly. */
  incidentId: IncidentId.optional(),
  /** Of `booked`: what it brings somewhere now, and when it is back; an emergency may divert it openly. */
  booking: BookedSlot.pick({ bookingId: true, purpose: true, expectedReturnAtMs: true }).optional(),
  /** Free now, and somebody waits for it soon; or was due and has not been fetched. */
  pickUp: BookedSlot.pick({ bookingId: true, purpose: true, pickUpAtMs: true }).optional(),
});
export type Candidate = z.infer<typeof Candidate>;

/** So long before a pick-up a free unit is suggested with the remark that it has one, ms: the usual way out and back. */
export const PICK_UP_SOON_MS = 2 * 3_600_000;

const ByIncident = z.object({ incidentId: IncidentId });

export const SuggestUnits = defineRoute({
  name: 'emergency.dispatch.suggest',
  summary:
    'What the run card asks for, and for each part the units that fit, first who is there first by road where a street map was imported, else the nearest, those that cannot go with the reason. Nothing is sent by it.',
  method: 'GET',
  path: '/api/emergency/incidents/:incidentId/suggestion',
  params: ByIncident,
  answer: z.object({
    cardId: RunCard.shape.cardId.optional(),
    tell: z.array(Agency),
    /** To be told by telephone, radio or message: those of the ladder and of the card. */
    partners: z.array(Partner),
    parts: z.array(
      z.object({
        count: Count,
        why: z.object({ id: z.string(), en: z.string() }),
        candidates: z.array(Candidate).max(50),
      }),
    ),
  }),
  ...desk,
});

export const DispatchUnit = defineRoute({
  name: 'emergency.dispatch.send',
  summary:
    'Sends one unit to an incident: exactly one incident gets it; 409 tells what it is on and who was faster. `skipped`: nearer ones that were passed over, for the timeline. `divertReason` takes a busy one from its incident, or from a booking it is on, openly.',
  method: 'POST',
  path: '/api/emergency/incidents/:incidentId/units',
  params: ByIncident,
  body: z.object({
    unitId: UnitId,
    divertReason: label(200).optional(),
    skipped: z
      .array(z.object({ unitId: UnitId, why: PassedOver }))
      .max(20)
      .default([]),
    /** The next one is sent because this one is silent: what is to become of it was asked. */
    insteadOf: z.object({ assignmentId: AssignmentId, keep: z.boolean() }).optional(),
  }),
  answer: UnitChanged.data,
  ...desk,
});

export const CancelUnit = defineRoute({
  name: 'emergency.dispatch.cancel',
  summary: 'Calls a unit back, with the reason. 409 when its assignment is another, or over.',
  method: 'POST',
  path: '/api/emergency/units/:unitId/cancel',
  params: z.object({ unitId: UnitId }),
  body: z.object({ assignmentId: AssignmentId, reason: label(200) }),
  answer: UnitChanged.data,
  status: 200,
  ...desk,
});

export const ListRunCards = defineRoute({
  name: 'emergency.run-cards.list',
  summary: 'The run cards in force, in their order.',
  method: 'GET',
  path: '/api/emergency/run-cards',
  answer: z.object({ items: z.array(RunCard) }),
  ...desk,
});
