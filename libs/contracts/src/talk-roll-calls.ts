import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { Deed } from './emergency.ts';
import { YearMonth } from './street-energy.ts';
import { Agencies, DeskAgency, EpochMs, label, pageOf, PageQuery } from './shapes.ts';
import { people } from './role.ts';
import { talkers } from './talk.ts';
import { BatteryPercent, HandsetId, HandsetKind } from './talk-handsets.ts';
import { GroupId } from './voice-protocol.ts';

/** `APL-7K2M9QXA` (apel). */
export const RollCallId = z.string().regex(/^APL-[0-9A-Z]{8}$/, 'rollCallId: APL- and 8 letters or digits');

/** So long a roll call takes answers, ms. */
export const ROLL_CALL_MS = 600_000;
/** Radios of one roll call; a city has some hundreds. */
export const MOST_CALLED = 1000;

const talkRollCalls = defineStream({ name: 'talk.roll-calls', delivery: 'latest', keepForDays: 30 });

/** A roll call: every radio of a group is asked whether somebody is there, daily, so that none is missing for weeks unseen. */
export const RollCallChanged = defineEvent({
  name: 'talk.roll-call.changed',
  summary: 'A roll call begins or is over. Who answered is asked for: no screen is told of each answer.',
  stream: talkRollCalls,
  data: z.object({
    rollCallId: RollCallId,
    groupId: GroupId,
    /** Of the group. */
    name: label(60),
    agencies: Agencies,
    called: Deed,
    untilMs: EpochMs,
    /** Radios that were asked. */
    expected: z.number().int().min(1),
    /** Absent: it takes answers until `untilMs`. */
    ended: z.object({ atMs: EpochMs }).optional(),
    version: z.number().int().min(1),
  }),
  key: (roll) => roll.rollCallId,
  version: (roll) => roll.version,
  audience: ({ agencies }) => agencies,
  urgent: true,
});
export type RollCallChanged = DataOf<typeof RollCallChanged>;

/** One radio of a roll call. */
export const RollCallRow = z.object({
  handsetId: HandsetId,
  agency: DeskAgency,
  office: label(80),
  kind: HandsetKind,
  /** Absent: nobody answered. */
  answer: z
    .object({
      by: AlarmActor,
      atMs: EpochMs,
      /** `phone`: pressed on the radio. `desk`: somebody was heard, and ticked in. */
      way: z.enum(['phone', 'desk']),
    })
    .optional(),
});
export type RollCallRow = z.infer<typeof RollCallRow>;

/** A roll call with who answered. */
export const RollCall = RollCallChanged.data.extend({
  /** By agency, then by id. */
  rows: z.array(RollCallRow).max(MOST_CALLED),
});
export type RollCall = z.infer<typeof RollCall>;

const callers = ['agency-admin', 'dispatcher', 'supervisor'] as const;
const ofOne = { params: z.object({ rollCallId: RollCallId }), answer: RollCall };

export const CallRoll = defineRoute({
  name: 'talk.roll-calls.call',
  summary:
    'Asks all radios of an agency’s group, or of *semua*, whether somebody is there. 409 while one runs in the group, or when the register has no radio of it.',
  method: 'POST',
  path: '/api/talk/roll-calls',
  body: z.object({ groupId: GroupId }),
  answer: RollCall,
  permission: callers,
});

export const AnswerRoll = defineRoute({
  name: 'talk.roll-calls.answer',
  summary:
    'A radio is there: pressed on it by who holds it, or ticked in by the desk that heard it. The first answer stands; 409 when the roll call is over or asks not for it.',
  method: 'POST',
  path: '/api/talk/roll-calls/:rollCallId/answers',
  body: z.object({ handsetId: HandsetId, batteryPercent: BatteryPercent.optional() }),
  permission: talkers,
  ...ofOne,
});

export const EndRollCall = defineRoute({
  name: 'talk.roll-calls.end',
  summary: 'Ends a roll call before its time; who did not answer is absent. A repeat changes nothing.',
  method: 'POST',
  path: '/api/talk/roll-calls/:rollCallId/end',
  permission: callers,
  ...ofOne,
});

export const GetRollCall = defineRoute({
  name: 'talk.roll-calls.get',
  summary: 'A roll call with every radio it asked.',
  method: 'GET',
  path: '/api/talk/roll-calls/:rollCallId',
  permission: people,
  ...ofOne,
});

export const ListRollCalls = defineRoute({
  name: 'talk.roll-calls.list',
  summary: 'Roll calls of the caller’s agencies, last first.',
  method: 'GET',
  path: '/api/talk/roll-calls',
  query: PageQuery.pick({ limit: true, after: true }),
  answer: pageOf(RollCallChanged.data),
  permission: people,
});

export const GetHandsetMonth = defineRoute({
  name: 'talk.handsets.month',
  summary:
    'The month of each radio: its SIM card and data plan, and how often it answered. With `Accept: text/csv` as a sheet for the agency that pays.',
  method: 'GET',
  path: '/api/talk/handset-months/:month',
  params: z.object({ month: YearMonth }),
  answer: z.object({
    items: z.array(
      RollCallRow.pick({ handsetId: true, agency: true, office: true, kind: true }).extend({
        simUntil: z.string().optional(),
        planUntil: z.string().optional(),
        /** Rupiah a month. */
        planRp: z.number().int().min(0).optional(),
        /** Roll calls that asked for it, and those it answered. */
        asked: z.number().int().min(0),
        answered: z.number().int().min(0),
        heardAtMs: EpochMs.optional(),
      }),
    ),
  }),
  permission: people,
});
