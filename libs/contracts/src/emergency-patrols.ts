import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import {
  callDesk,
  dispatchDesk,
  emergencyAgencies,
  emergencyReaders,
  IncidentId,
  IncidentKind,
  PatrolId,
} from './emergency.ts';
import { UnitId } from './emergency-unit-register.ts';
import type { Role } from './role.ts';
import { AccuracyM, Agency, CityDay, EpochMs, label, pageOf, PageQuery, Place, registerId } from './shapes.ts';
import { lines } from './street-reports.ts';
import { WorkPhoto } from './street-work.ts';

const Count = z.number().int().min(0);
const Round = z.number().int().min(1).max(12);
/** Squads for themselves, and the desk for one that calls in. */
const squadAndDesk: readonly Role[] = [...dispatchDesk, 'responder'];

/** Where a squad looks after the peace on its round. */
export const PatrolPlace = Place.extend({
  placeId: registerId('placeId'),
  name: label(60),
  /** Whoever checks in nearer than this was there, metres. */
  radiusM: z.number().int().min(20).max(2000),
  /** Nobody has measured where it is yet. */
  isApproximate: z.literal(true).optional(),
});
export type PatrolPlace = z.infer<typeof PatrolPlace>;

/** What is walked, how often a day and when; kept as data. */
export const PatrolRoute = z.object({
  routeId: registerId('routeId'),
  version: z.number().int().min(1),
  name: label(60),
  agency: Agency,
  /** `fixed`: one place after the other as they stand here; `any`: as the squad likes. */
  order: z.enum(['any', 'fixed']),
  places: z.array(PatrolPlace).min(1).max(30),
  /** Hours of the city's day, one pair for each round; beyond 24: on the next day. */
  rounds: z
    .array(z.object({ fromHour: z.number().min(0).max(23), toHour: z.number().min(0.5).max(30) }))
    .min(1)
    .max(12),
  /** Its hours are not the agency's own words yet. */
  hoursAreApproximate: z.literal(true).optional(),
});
export type PatrolRoute = z.infer<typeof PatrolRoute>;

/** Where a phone says that it is. */
export const PatrolPosition = Place.extend({ accuracyM: AccuracyM });
export type PatrolPosition = z.infer<typeof PatrolPosition>;

/** A squad was at a place: one for each place of a round, whoever of it pressed and however often. */
export const PatrolCheckIn = z.object({
  placeId: PatrolPlace.shape.placeId,
  /** By the phone, never later than it was heard. */
  atMs: EpochMs,
  by: AlarmActor,
  position: PatrolPosition.optional(),
  /** From the place, metres. */
  distanceM: Count.optional(),
  /** Said, not measured: without a position, with one too vague, from outside the radius, or by the desk for the squad. */
  byHand: z.literal(true).optional(),
  /** Of a `fixed` route: a place that comes later was visited before. */
  isOutOfOrder: z.literal(true).optional(),
});
export type PatrolCheckIn = z.infer<typeof PatrolCheckIn>;

/** `TMN-7K2M9QXA` (temuan): what a squad saw. Given by the phone, so that it is sent twice and kept once. */
export const FindingId = z.string().regex(/^TMN-[0-9A-Z]{8}$/, 'findingId: TMN- and 8 letters or digits');

/** What a squad saw and reported. */
export const PatrolFinding = z.object({
  findingId: FindingId,
  kind: IncidentKind,
  atMs: EpochMs,
  by: AlarmActor,
  placeId: PatrolPlace.shape.placeId.optional(),
  position: PatrolPosition.optional(),
  /** It was made an incident. */
  incidentId: IncidentId.optional(),
});
export type PatrolFinding = z.infer<typeof PatrolFinding>;

/** `lapsed`: nobody said that it ended, six hours after it should have. */
export const PatrolStatus = z.enum(['under-way', 'ended', 'lapsed']);
export type PatrolStatus = z.infer<typeof PatrolStatus>;

export const emergencyPatrols = defineStream({ name: 'emergency.patrols', delivery: 'latest', keepForDays: 400 });

/** One unit on one round as it is now. A tombstone two days after it should have ended: lists keep it. */
export const PatrolChanged = defineEvent({
  name: 'emergency.patrol.changed',
  summary: 'One squad on one round of a route: where it was, what it saw, whether it is done.',
  stream: emergencyPatrols,
  data: z.object({
    patrolId: PatrolId,
    routeId: PatrolRoute.shape.routeId,
    routeName: label(60),
    unitId: UnitId,
    unitName: label(60),
    agency: Agency,
    /** City date of the round, and the how manieth of that day. */
    day: CityDay,
    round: Round,
    /** Planned hours of it, epoch ms. */
    fromMs: EpochMs,
    toMs: EpochMs,
    order: PatrolRoute.shape.order,
    /** As they were planned when it began. */
    places: PatrolRoute.shape.places,
    status: PatrolStatus,
    startedAtMs: EpochMs,
    endedAtMs: EpochMs.optional(),
    checkIns: z.array(PatrolCheckIn).max(30),
    findings: z.array(PatrolFinding).max(50),
    photos: Count,
    changedAtMs: EpochMs,
    version: z.number().int().min(1),
  }),
  key: (patrol) => patrol.patrolId,
  version: (patrol) => patrol.version,
  audience: ({ agency }) => [...new Set([...emergencyAgencies, agency])],
});
export type PatrolChanged = DataOf<typeof PatrolChanged>;

/** A picture that a squad took. */
export const PatrolPhoto = WorkPhoto.extend({
  contentType: z.literal('image/jpeg'),
  by: AlarmActor,
  placeId: PatrolPlace.shape.placeId.optional(),
  findingId: FindingId.optional(),
});
export type PatrolPhoto = z.infer<typeof PatrolPhoto>;

/** Everything of a round; words and pictures for 90 days. */
export const Patrol = PatrolChanged.data.omit({ photos: true }).extend({
  findings: z.array(PatrolFinding.extend({ words: lines(500).meta({ class: 'health' }).optional() })).max(50),
  photos: z.array(PatrolPhoto).max(20),
});
export type Patrol = z.infer<typeof Patrol>;

const ByPatrol = z.object({ patrolId: PatrolId });
const act = { method: 'POST', params: ByPatrol, answer: Patrol, status: 200, permission: squadAndDesk } as const;

export const ListPatrolRoutes = defineRoute({
  name: 'emergency.patrol-routes.list',
  summary: 'What is patrolled, how often a day and when, of the caller’s city.',
  method: 'GET',
  path: '/api/emergency/patrol-routes',
  answer: z.object({ items: z.array(PatrolRoute).max(50) }),
  permission: emergencyReaders,
});

export const StartPatrol = defineRoute({
  name: 'emergency.patrols.start',
  summary:
    'A squad begins a round, itself or by the desk for it; begun again, by another phone of it, it is the same. 400 for a round that is not planned, or is more than a day away.',
  method: 'POST',
  path: '/api/emergency/patrols',
  body: z.object({
    unitId: UnitId,
    routeId: PatrolRoute.shape.routeId,
    day: CityDay,
    round: Round,
    /** When it was pressed, where that was earlier. */
    atMs: EpochMs.optional(),
  }),
  answer: Patrol,
  permission: squadAndDesk,
});

export const CheckIn = defineRoute({
  name: 'emergency.patrols.check-in',
  summary:
    'The squad is at a place of its round. What is not measured there is kept as *dicatat tangan*, and never replaces what was. Also told late, after the round has ended.',
  path: '/api/emergency/patrols/:patrolId/check-ins',
  body: z.object({
    placeId: PatrolPlace.shape.placeId,
    atMs: EpochMs.optional(),
    position: PatrolPosition.optional(),
  }),
  ...act,
});

export const ReportFinding = defineRoute({
  name: 'emergency.patrols.report',
  summary:
    'What the squad saw, kept once for each `findingId`. `asIncident`: an incident is opened of it, and the desk sees it like any other.',
  path: '/api/emergency/patrols/:patrolId/findings',
  body: z.object({
    findingId: FindingId,
    kind: IncidentKind,
    atMs: EpochMs.optional(),
    placeId: PatrolPlace.shape.placeId.optional(),
    position: PatrolPosition.optional(),
    words: lines(500).meta({ class: 'health' }).optional(),
    asIncident: z.boolean().default(false),
  }),
  ...act,
});

export const EndPatrol = defineRoute({
  name: 'emergency.patrols.end',
  summary: 'The round is over; the first who said so counts.',
  path: '/api/emergency/patrols/:patrolId/end',
  body: z.object({ atMs: EpochMs.optional() }),
  ...act,
});

/** Two megabytes, in base64. */
const PHOTO_CHARACTERS = 2_796_204;

export const AddPatrolPhoto = defineRoute({
  name: 'emergency.patrols.add-photo',
  summary:
    'A picture, jpeg, at most 2 MB; twenty of a round. What a phone wrote into it, where and by which telephone, is taken out before it is kept. Erased after 90 days.',
  path: '/api/emergency/patrols/:patrolId/photos',
  body: z.object({
    contentBase64: z.base64().min(1).max(PHOTO_CHARACTERS),
    atMs: EpochMs.optional(),
    placeId: PatrolPlace.shape.placeId.optional(),
    findingId: FindingId.optional(),
  }),
  ...act,
});

export const GetPatrolPhoto = defineRoute({
  name: 'emergency.patrols.get-photo',
  summary: 'A picture of a round.',
  method: 'GET',
  path: '/api/emergency/patrols/:patrolId/photos/:hash',
  params: ByPatrol.extend({ hash: WorkPhoto.shape.hash }),
  // the picture itself, not JSON
  answer: z.unknown(),
  permission: [...callDesk, 'responder'],
  agencies: emergencyAgencies,
  audit: ({ params }: { params: { patrolId: string } }) => [`patrol:${params.patrolId}`],
});

export const GetPatrol = defineRoute({
  name: 'emergency.patrols.get',
  summary: 'One round with its words and pictures.',
  path: '/api/emergency/patrols/:patrolId',
  params: ByPatrol,
  answer: Patrol,
  method: 'GET',
  permission: emergencyReaders,
  agencies: emergencyAgencies,
});

export const ListPatrols = defineRoute({
  name: 'emergency.patrols.list',
  summary:
    'Rounds, last begun first; of one day, where it is given. What is simulated is shown to exercises only, and what is real never to them.',
  path: '/api/emergency/patrols',
  query: PageQuery.extend({ day: CityDay.optional() }),
  answer: pageOf(Patrol),
  method: 'GET',
  permission: emergencyReaders,
  agencies: emergencyAgencies,
});
