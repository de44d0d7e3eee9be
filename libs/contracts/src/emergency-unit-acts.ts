import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { AssignmentId, Channel, dispatchDesk, TelephoneNumber } from './emergency.ts';
import { AlertOutcome, AssignmentStatus } from './emergency-assignments.ts';
import { CrewMember, UnitPost } from './emergency-unit-register.ts';
import { ByUnit, UnitChanged, UnitMoved } from './emergency-units.ts';
import type { Role } from './role.ts';
import { EpochMs, label } from './shapes.ts';

/** The desk, and crews for themselves. */
const crewAndDesk: readonly Role[] = [...dispatchDesk, 'responder'];
const act = { method: 'POST', params: ByUnit, answer: UnitChanged.data, status: 200, permission: crewAndDesk } as const;

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
