import { z } from 'zod';
import { AlarmActor, AlarmChanged, AlarmId, AlarmLogged, AlarmReason } from './alarm.ts';
import { AlarmKind, AlarmSeverity, ConditionBasis } from './condition.ts';
import { defineRoute } from './define-route.ts';
import type { Role } from './role.ts';
import { Agency, EpochMs, label, pageOf, PageQuery, Place } from './shapes.ts';
import { ThingKey, ThingRef } from './thing.ts';

const Count = z.number().int().min(0);
const readers: readonly Role[] = ['viewer', 'call-taker', 'dispatcher', 'supervisor', 'agency-admin', 'screen'];
const actors: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor', 'agency-admin'];
const ByAlarm = z.object({ alarmId: AlarmId });
const alarmIds = z
  .array(AlarmId)
  .min(1)
  .max(500)
  .refine((ids) => new Set(ids).size === ids.length, 'each alarmId once');

export const ListAlarms = defineRoute({
  name: 'alarms.alarms.list',
  summary:
    'Alarms of the caller’s agencies: open ones first, worst first, oldest first; then shelved, then cleared ones, latest first.',
  method: 'GET',
  path: '/api/alarms',
  query: PageQuery.extend({
    agency: Agency.optional(),
    status: AlarmChanged.data.shape.status.optional(),
    severity: AlarmSeverity.optional(),
    /** `true`: nobody has acknowledged it. */
    unanswered: z.stringbool().optional(),
    thing: ThingKey.optional(),
  }),
  answer: pageOf(AlarmChanged.data),
  permission: readers,
});

export const GetAlarm = defineRoute({
  name: 'alarms.alarms.get',
  summary: 'One alarm with its timeline, oldest first: the last 200 steps.',
  method: 'GET',
  path: '/api/alarms/:alarmId',
  params: ByAlarm,
  answer: z.object({ alarm: AlarmChanged.data, timeline: z.array(AlarmLogged.data).max(200) }),
  permission: readers,
});

/** One condition in the tree of causes of an alarm. */
export const AlarmCause = z.object({
  /** `lamp:PJU-0142/supplyLoss` */
  conditionKey: z.string(),
  /** The condition right above it; absent for the alarm's own. */
  parentKey: z.string().optional(),
  thing: ThingRef,
  name: label(80),
  kind: AlarmKind,
  severity: AlarmSeverity,
  basis: ConditionBasis,
  agency: Agency,
  sinceMs: EpochMs,
  place: Place.optional(),
  detail: label(200).optional(),
});
export type AlarmCause = z.infer<typeof AlarmCause>;

export const ListAlarmCauses = defineRoute({
  name: 'alarms.causes.list',
  summary:
    'What hangs below an active alarm, itself included: each condition names the one above it. `under` keeps to the direct children of one.',
  method: 'GET',
  path: '/api/alarms/:alarmId/causes',
  params: ByAlarm,
  query: PageQuery.extend({ under: z.string().max(100).optional() }),
  answer: pageOf(AlarmCause),
  permission: readers,
});

/** What became of a command for one of several alarms. */
export const AlarmOutcome = z.object({
  alarmId: AlarmId,
  /** `already`: somebody was faster. `unknown`: there is none, or not for the caller. */
  outcome: z.enum(['done', 'already', 'unknown']),
  /** Who was faster, and when. */
  by: AlarmActor.optional(),
  atMs: EpochMs.optional(),
});
export type AlarmOutcome = z.infer<typeof AlarmOutcome>;

export const AcknowledgeAlarms = defineRoute({
  name: 'alarms.alarms.acknowledge',
  summary:
    'Says that somebody looks after these alarms: each is done, or was by somebody else already. Several need a reason.',
  method: 'POST',
  path: '/api/alarms/acknowledge',
  body: z
    .object({ alarmIds, reason: AlarmReason.optional() })
    .refine(({ alarmIds, reason }) => alarmIds.length === 1 || reason !== undefined, {
      message: 'beberapa alarm sekaligus perlu alasan · several at once need a reason',
      path: ['reason'],
    }),
  answer: z.object({ items: z.array(AlarmOutcome) }),
  status: 200,
  permission: actors,
  audit: ({ body }: { body: { alarmIds: readonly string[] } }) => body.alarmIds.slice(0, 50).map((id) => `alarm:${id}`),
});

export const AssignAlarm = defineRoute({
  name: 'alarms.alarms.assign',
  summary:
    'Gives an active alarm to somebody of its agency or of the room who may act on it; without `assignee` to nobody.',
  method: 'POST',
  path: '/api/alarms/:alarmId/assign',
  params: ByAlarm,
  body: z.object({
    assignee: AlarmActor.optional(),
    /** Whom the caller saw there: 409 when somebody else was faster. */
    instead: AlarmActor.optional(),
  }),
  answer: AlarmChanged.data,
  status: 200,
  permission: actors,
});

export const ListAlarmHolders = defineRoute({
  name: 'alarms.holders.list',
  summary:
    'Whom an alarm can be given to: people of its agency, then of the room, who may act on it. Ids only, at most 500; names are asked for by id.',
  method: 'GET',
  path: '/api/alarms/:alarmId/holders',
  params: ByAlarm,
  answer: z.object({ items: z.array(z.object({ principalId: AlarmActor, agencies: z.array(Agency) })).max(500) }),
  permission: actors,
});

export const ShelveAlarm = defineRoute({
  name: 'alarms.alarms.shelve',
  summary:
    'Puts an active alarm aside until then, at most 24 h; worse news bring it back sooner. 409 when it is put aside already.',
  method: 'POST',
  path: '/api/alarms/:alarmId/shelve',
  params: ByAlarm,
  body: z.object({ untilMs: EpochMs, reason: AlarmReason }),
  answer: AlarmChanged.data,
  status: 200,
  permission: actors,
});

export const UnshelveAlarm = defineRoute({
  name: 'alarms.alarms.unshelve',
  summary: 'Brings an alarm back that was put aside. 409 when it is not.',
  method: 'POST',
  path: '/api/alarms/:alarmId/unshelve',
  params: ByAlarm,
  answer: AlarmChanged.data,
  status: 200,
  permission: actors,
});

export const NoteAlarm = defineRoute({
  name: 'alarms.alarms.note',
  summary: 'Writes a remark into an alarm’s timeline.',
  method: 'POST',
  path: '/api/alarms/:alarmId/notes',
  params: ByAlarm,
  body: z.object({ text: AlarmReason }),
  answer: AlarmChanged.data,
  status: 200,
  permission: actors,
});

export const ClearAlarmsExercise = defineRoute({
  name: 'alarms.exercise.clear',
  summary: 'Removes every simulated condition and alarm.',
  method: 'DELETE',
  path: '/api/alarms/exercise',
  answer: z.object({ conditions: Count, alarms: Count }),
  permission: ['city-admin'],
});
