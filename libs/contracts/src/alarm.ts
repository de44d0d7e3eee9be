import { z } from 'zod';
import { AlarmKind, AlarmSeverity, ConditionBasis, KelurahanCode } from './condition.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineStream } from './define-stream.ts';
import { Agency, Area, EpochMs, label, Place } from './shapes.ts';
import { ThingKind, ThingRef } from './thing.ts';

export const AlarmId = z.string().regex(/^[A-Za-z0-9-]{8,40}$/, 'alarmId');
const Count = z.number().int().min(0);

/** Who did it: a principal's id, or `service` for the desk itself. Never a name. */
export const AlarmActor = z.string().min(1).max(100);

/** Why, in the operator's words. */
export const AlarmReason = label(300);

/** A day: what is put aside for longer is no alarm but a work order. */
export const LONGEST_SHELF_MS = 86_400_000;

/** Whose people see an alarm: its agency's and those of the room. */
const audience = ({ agency }: { agency: Agency }): readonly Agency[] =>
  agency === 'command' ? ['command'] : [agency, 'command'];

/** What an alarm is about, the same in its state and in its log. */
const about = {
  alarmId: AlarmId,
  thing: ThingRef,
  name: label(80),
  kind: AlarmKind,
  agency: Agency,
  severity: AlarmSeverity,
};

export const alarmStates = defineStream({ name: 'alarms.alarms', delivery: 'latest', keepForDays: 3650 });

/**
 * One alarm as it is now: at most one is active per thing and kind. What a cause below it explains has no alarm of its own
 * and is counted in `affected`. A tombstone a day after it was over: lists show it for longer.
 */
export const AlarmChanged = defineEvent({
  name: 'alarms.alarm.changed',
  summary: 'One alarm as it is now, with what hangs below it.',
  stream: alarmStates,
  data: z.object({
    ...about,
    /** The worst it has been since it was raised or reopened. */
    worstSeverity: AlarmSeverity,
    lifeRisk: z.boolean(),
    basis: ConditionBasis,
    detail: label(200).optional(),
    status: z.enum(['active', 'cleared']),
    /** Set once cleared: the condition ended, or a cause above it turned up. */
    clearedBy: z.enum(['ended', 'absorbed']).optional(),
    /** The alarm that took it in. */
    absorbedInto: AlarmId.optional(),
    /** Absent: *belum ditangani*. Taken off when it worsens or is reopened. */
    acknowledgement: z.object({ by: AlarmActor, atMs: EpochMs, reason: AlarmReason.optional() }).optional(),
    /** Principal who looks after it. */
    assignee: AlarmActor.optional(),
    /** Put aside until then. */
    shelvedUntilMs: EpochMs.optional(),
    escalatedTimes: Count,
    reopenedTimes: Count,
    /** Since when the condition has been so; may lie before `raisedAtMs`. */
    sinceMs: EpochMs,
    raisedAtMs: EpochMs,
    changedAtMs: EpochMs,
    clearedAtMs: EpochMs.optional(),
    /** How many things of each kind hang below it: `{ lamp: 180, camera: 3 }`. */
    affected: z.record(ThingKind, z.number().int().min(1)),
    /** Kelurahan that it and what hangs below it lie in. */
    kelurahanCodes: z.array(KelurahanCode).max(100),
    place: Place.optional(),
    /** Around it and what hangs below it. */
    area: Area.optional(),
    version: z.number().int().min(1),
  }),
  key: (alarm) => alarm.alarmId,
  version: (alarm) => alarm.version,
  audience,
  urgent: true,
});
export type AlarmChanged = DataOf<typeof AlarmChanged>;

/** What can happen to an alarm. */
export const AlarmStep = z.enum([
  'raised',
  'worsened',
  'eased',
  'acknowledged',
  'assigned',
  'shelved',
  'unshelved',
  'escalated',
  'cleared',
  'reopened',
  'noted',
]);
export type AlarmStep = z.infer<typeof AlarmStep>;

export const alarmLog = defineStream({ name: 'alarms.log', delivery: 'every', keepForDays: 400 });

/** Something happened to an alarm: timeline, sound and notification. */
export const AlarmLogged = defineEvent({
  name: 'alarms.alarm.logged',
  summary: 'Something happened to an alarm: for timeline, sound and notification.',
  stream: alarmLog,
  data: z.object({
    ...about,
    /** Counts up from 1 without gaps within an alarm. */
    seq: z.number().int().min(1),
    step: AlarmStep,
    by: AlarmActor,
    atMs: EpochMs,
    /** Of a shelving, an acknowledgement; the text of a note. */
    reason: AlarmReason.optional(),
    /** Of `assigned`; absent: nobody any more. */
    assignee: AlarmActor.optional(),
    /** Of `shelved`. */
    untilMs: EpochMs.optional(),
    /** Of `escalated`: the how manieth time. */
    times: z.number().int().min(1).optional(),
    /** Of `cleared`. */
    clearedBy: z.enum(['ended', 'absorbed']).optional(),
    absorbedInto: AlarmId.optional(),
  }),
  key: (logged) => logged.alarmId,
  id: (logged) => `${logged.alarmId}#${String(logged.seq)}`,
  audience,
  urgent: true,
});
export type AlarmLogged = DataOf<typeof AlarmLogged>;
