import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { emergencyAgencies, emergencyReaders } from './emergency.ts';
import { PatrolChanged, PatrolPlace, PatrolRoute } from './emergency-patrols.ts';
import { Agency, CityDay, EpochMs, label } from './shapes.ts';

const Count = z.number().int().min(0);
const DAY_MS = 86_400_000;
const read = { method: 'GET', permission: emergencyReaders, agencies: emergencyAgencies } as const;

/** *Belum* before and in its hours, *terlewat* after them, while nobody was there; `late`: somebody was, after its hours. */
export const VisitState = z.enum(['waiting', 'missed', 'done', 'late']);
export type VisitState = z.infer<typeof VisitState>;

/** One planned visit of one place, whichever squad made it. */
export const PlannedVisit = z.object({
  placeId: PatrolPlace.shape.placeId,
  name: PatrolPlace.shape.name,
  state: VisitState,
  atMs: EpochMs.optional(),
  byHand: z.literal(true).optional(),
  unitName: label(60).optional(),
});

/** One round of one route on one day, with who walks it. */
export const RoundOfDay = z.object({
  routeId: PatrolRoute.shape.routeId,
  routeName: label(60),
  agency: Agency,
  day: CityDay,
  round: PatrolChanged.data.shape.round,
  fromMs: EpochMs,
  toMs: EpochMs,
  visits: z.array(PlannedVisit),
  patrols: z.array(PatrolChanged.data.pick({ patrolId: true, unitId: true, unitName: true, status: true })),
});
export type RoundOfDay = z.infer<typeof RoundOfDay>;

export const GetPatrolDay = defineRoute({
  name: 'emergency.patrol-days.get',
  summary:
    'The rounds of a city day and what became of each place. What is simulated is shown to exercises only, and what is real never to them.',
  path: '/api/emergency/patrol-days/:day',
  params: z.object({ day: CityDay }),
  answer: z.object({ day: CityDay, askedAtMs: EpochMs, items: z.array(RoundOfDay) }),
  ...read,
});

/** Planned visits of a place and what became of them: planned = done + late + missed + waiting. */
export const VisitCount = z.object({
  routeId: PatrolRoute.shape.routeId,
  placeId: PatrolPlace.shape.placeId,
  name: PatrolPlace.shape.name,
  planned: Count,
  done: Count,
  late: Count,
  missed: Count,
  waiting: Count,
  /** Of done and late: said, not measured. */
  byHand: Count,
});
export type VisitCount = z.infer<typeof VisitCount>;

export const CountPatrols = defineRoute({
  name: 'emergency.patrol-counts.get',
  summary:
    'How often each place was planned and visited, by day and altogether; days before the first round that was ever kept are not planned. With `Accept: text/csv` a spreadsheet in Bahasa of the days.',
  path: '/api/emergency/patrol-counts',
  query: z
    .object({ from: CityDay, to: CityDay })
    .refine(({ from, to }) => from < to && Date.parse(to) - Date.parse(from) <= 100 * DAY_MS, {
      message: 'from lebih awal dari to, paling lama 100 hari · from before to, at most 100 days',
      path: ['to'],
    }),
  answer: z.object({
    /** City dates: from the first, before the second. */
    from: CityDay,
    to: CityDay,
    /** The day of the first round ever kept; absent: none was. */
    since: CityDay.optional(),
    askedAtMs: EpochMs,
    totals: z.array(VisitCount),
    days: z.array(VisitCount.extend({ day: CityDay })),
  }),
  ...read,
});
