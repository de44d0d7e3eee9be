import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineStream } from './define-stream.ts';
import { Agency, EpochMs, label, Place } from './shapes.ts';
import { ThingKey, thingKey, ThingRef } from './thing.ts';

/**
 * What is the matter, in an open vocabulary: event names of TALQ 2.7.1 verbatim for lamps and segments (`supplyLoss`,
 * `lampFailure`, `communicationFailure`), names of ours in the same manner for other things (`frozenPicture`).
 */
export const AlarmKind = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{1,39}$/, 'alarm kind: 2–40 letters or digits, like supplyLoss');
export type AlarmKind = z.infer<typeof AlarmKind>;

/** Worst first. `critical` is danger to life and nothing else; a dark block is at most `high`. */
export const AlarmSeverity = z.enum(['critical', 'high', 'medium', 'information']);
export type AlarmSeverity = z.infer<typeof AlarmSeverity>;

/** Said by the thing's own meter or contact, concluded from others, or told by people. */
export const ConditionBasis = z.enum(['measured', 'inferred', 'reported']);
export type ConditionBasis = z.infer<typeof ConditionBasis>;

/** Kemendagri code of a kelurahan as the gazetteer has it. */
export const KelurahanCode = z.string().regex(/^\d\d\.\d\d\.\d\d\.\d{4}$/, 'Kemendagri code like 35.74.01.1001');

export const alarmConditions = defineStream({
  name: 'alarms.conditions',
  delivery: 'latest',
  keepForDays: 3650,
  onRequest: true,
});

/**
 * What a domain says of one thing and one kind of trouble: that it is so, or no longer. Every domain publishes these and
 * nothing else about alarms; only the alarm desk reads them. The newest `changedAtMs` counts, so an end that is heard
 * before its start and a start that is heard twice are harmless. The log keeps what was said last: a domain that learns of
 * an older one later keeps it to itself.
 */
export const ConditionChanged = defineEvent({
  name: 'alarms.condition.changed',
  summary: 'What a domain says of one thing and one kind of trouble: it is so, or no longer.',
  stream: alarmConditions,
  data: z.object({
    thing: ThingRef,
    /** As people call the thing. */
    name: label(80),
    kind: AlarmKind,
    active: z.boolean(),
    /** By the domain's own rules; the desk lets nothing be `critical` that is not `lifeRisk`. */
    severity: AlarmSeverity,
    /** People may die of it: it may be critical, raises at once, and is never hidden below a cause. */
    lifeRisk: z.boolean().optional(),
    basis: ConditionBasis,
    /** Whose thing it is. */
    agency: Agency,
    /** What the thing hangs on, nearest first: a lamp's panel, then its feeder; a camera's link. */
    within: z.array(ThingKey).max(10),
    place: Place.extend({ kelurahanCode: KelurahanCode.optional() }).optional(),
    /** Since when it is, or was, so. */
    sinceMs: EpochMs,
    /** When this was found out: min(device time, received time). */
    changedAtMs: EpochMs,
    /** For the operator: `231 V hilang di ketiga fase`. */
    detail: label(200).optional(),
  }),
  key: ({ thing, kind }) => `${thingKey(thing)}/${kind}`,
  version: (condition) => condition.changedAtMs,
  audience: [],
});
export type ConditionChanged = DataOf<typeof ConditionChanged>;
