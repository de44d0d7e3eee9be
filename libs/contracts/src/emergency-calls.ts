import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import {
  callDesk,
  CallId,
  emergencyAgencies,
  EmergencyPlace,
  IncidentId,
  IncidentKind,
  TelephoneNumber,
} from './emergency.ts';
import { AccuracyM, EpochMs, label, Latitude, Longitude, pageOf, PageQuery } from './shapes.ts';
import { lines } from './street-reports.ts';

const Count = z.number().int().min(0);
const desk = { permission: callDesk, agencies: emergencyAgencies };

/** How somebody reached us. */
export const CallSource = z.enum([
  '112',
  'whatsapp',
  'radio',
  'panic-button',
  'walk-in',
  'lapor',
  'neighbourhood',
  'talk',
]);
export type CallSource = z.infer<typeof CallSource>;

/** Berdering → bicara → selesai; or somebody is to be called back; or nobody answered. */
export const CallStatus = z.enum(['ringing', 'talking', 'call-back', 'unanswered', 'done']);
export type CallStatus = z.infer<typeof CallStatus>;

/** What a call was: the ministry's categories of 112 (normal, informasi, ghost, prank, terputus, tidak tercatat). */
export const CallDisposition = z.enum(['emergency', 'information', 'ghost', 'prank', 'cut-off', 'not-recorded']);
export type CallDisposition = z.infer<typeof CallDisposition>;

/** Whose call it is. A heartbeat comes every 15 s; a claim not heard of for 45 s is shown as stale and never taken in silence. */
export const CallClaim = z.object({ by: AlarmActor, atMs: EpochMs, seenMs: EpochMs });
/** The claimer's screen says so often that he is still there, ms. */
export const CLAIM_BEAT_MS = 15_000;
/** A claim not heard of for so long is stale, ms: whoever takes it over says so, and the first one is told. */
export const CLAIM_STALE_MS = 45_000;

/** What is written down while somebody speaks: each field as soon as it is known. */
export const CallNotes = z.object({
  place: EmergencyPlace.meta({ class: 'caller' }).optional(),
  kind: IncidentKind.optional(),
  /** How many people are hurt, as told. */
  victims: Count.max(10_000).optional(),
  /** What the caller says, in his words. */
  words: lines(2000).meta({ class: 'caller' }).optional(),
  callerName: label(80).meta({ class: 'caller' }).optional(),
  /** The number he can be called back at. */
  number: TelephoneNumber.meta({ class: 'caller' }).optional(),
});
export type CallNotes = z.infer<typeof CallNotes>;

export const emergencyCalls = defineStream({ name: 'emergency.calls', delivery: 'latest', keepForDays: 400 });

/** One call as it is now. A tombstone a day after it was done: lists show it for longer. */
export const CallChanged = defineEvent({
  name: 'emergency.call.changed',
  summary: 'One call to the city as it is now: who has it, where and what, and what became of it.',
  stream: emergencyCalls,
  data: CallNotes.extend({
    callId: CallId,
    source: CallSource,
    status: CallStatus,
    claim: CallClaim.optional(),
    /** The incident it belongs to: made from it, or joined. */
    incidentId: IncidentId.optional(),
    disposition: CallDisposition.optional(),
    /** Of this number before: how many calls, and how many of them were ghost or prank. Absent: a call without number. */
    before: z.object({ calls: Count, junk: Count, blockedUntilMs: EpochMs.optional() }).optional(),
    /** A link was sent to the caller’s phone: until when it may answer. */
    locationAskedMs: EpochMs.optional(),
    startedAtMs: EpochMs,
    answeredAtMs: EpochMs.optional(),
    endedAtMs: EpochMs.optional(),
    changedAtMs: EpochMs,
    version: z.number().int().min(1),
  }),
  key: (call) => call.callId,
  version: (call) => call.version,
  audience: emergencyAgencies,
  urgent: true,
});
export type CallChanged = DataOf<typeof CallChanged>;
export const Call = CallChanged.data;
export type Call = CallChanged;

const ByCall = z.object({ callId: CallId });
const act = { method: 'POST', params: ByCall, answer: Call, status: 200, ...desk } as const;

export const OpenCall = defineRoute({
  name: 'emergency.calls.open',
  summary: 'A call that somebody takes now: it is his, and is saved before a word is written. Nothing else is needed.',
  method: 'POST',
  path: '/api/emergency/calls',
  body: CallNotes.extend({ source: CallSource }),
  answer: Call,
  ...desk,
});

export const ListCalls = defineRoute({
  name: 'emergency.calls.list',
  summary: 'Calls, last begun first; `status` one state of them. `q` searches the number of the call.',
  method: 'GET',
  path: '/api/emergency/calls',
  query: PageQuery.extend({ status: CallStatus.optional(), incidentId: IncidentId.optional() }),
  answer: pageOf(Call),
  ...desk,
});

export const GetCall = defineRoute({
  name: 'emergency.calls.get',
  summary: 'One call.',
  method: 'GET',
  path: '/api/emergency/calls/:callId',
  params: ByCall,
  answer: Call,
  ...desk,
  audit: ({ params }: { params: { callId: string } }) => [`call:${params.callId}`],
});

export const ClaimCall = defineRoute({
  name: 'emergency.calls.claim',
  summary:
    'Takes a call that rings or waits for a call back; exactly one gets it, 409 names who was faster. A stale claim is taken over with a reason.',
  path: '/api/emergency/calls/:callId/claim',
  body: z.object({ takeOverReason: label(200).optional() }),
  ...act,
});

export const BeatCall = defineRoute({
  name: 'emergency.calls.beat',
  summary: `The claimer is still there: every ${String(CLAIM_BEAT_MS / 1000)} s. 409 when the call is not his any more.`,
  path: '/api/emergency/calls/:callId/beat',
  ...act,
  audit: 'none',
});

export const WriteCall = defineRoute({
  name: 'emergency.calls.write',
  summary:
    'Writes down what is known by now: only the fields given are changed, null takes one away. 409 when another has the call.',
  path: '/api/emergency/calls/:callId/notes',
  body: z.object({
    place: EmergencyPlace.nullable().optional(),
    kind: IncidentKind.nullable().optional(),
    victims: CallNotes.shape.victims.unwrap().nullable().optional(),
    words: CallNotes.shape.words.unwrap().nullable().optional(),
    callerName: CallNotes.shape.callerName.unwrap().nullable().optional(),
    number: CallNotes.shape.number.unwrap().nullable().optional(),
  }),
  ...act,
});

export const CallBack = defineRoute({
  name: 'emergency.calls.call-back',
  summary: 'The caller is to be called back: the call waits for whoever takes it.',
  path: '/api/emergency/calls/:callId/call-back',
  ...act,
});

export const CloseCall = defineRoute({
  name: 'emergency.calls.close',
  summary:
    'The call is over, and what it was. A ghost or prank may block its number for hours; never a call without number, and never one that belongs to an incident.',
  path: '/api/emergency/calls/:callId/close',
  body: z.object({
    disposition: CallDisposition,
    remark: label(200).optional(),
    /** At most a day, as cities do: an honest caller may hold the same number tomorrow. */
    blockHours: z.number().int().min(1).max(24).optional(),
  }),
  ...act,
});

export const AskCallerPlace = defineRoute({
  name: 'emergency.calls.ask-place',
  summary: 'A one-time link for the caller’s phone that answers where it is. Shown once; valid for 30 minutes.',
  path: '/api/emergency/calls/:callId/place-link',
  ...act,
  answer: z.object({ url: z.string(), untilMs: EpochMs }),
  secret: true,
});

export const TellCallerPlace = defineRoute({
  name: 'emergency.caller-places.tell',
  summary: 'The caller’s phone says where it is, by the link it was sent. 404 when the link is used up or old.',
  method: 'POST',
  path: '/api/emergency/public/caller-places',
  body: z.object({
    token: z.string().min(20).max(100),
    lat: Latitude,
    lng: Longitude,
    accuracyM: AccuracyM,
  }),
  answer: z.object({ told: z.literal(true) }),
  permission: 'anyone',
  audit: 'none',
  secret: true,
});

/** What a telephone system says of a call; after the inbound webhook of TicketsCAD. Late, repeated and out of order is all right. */
export const TelephoneEvent = z.object({
  event: z.enum(['ringing', 'claimed_externally', 'ended', 'abandoned']),
  call_id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  caller_number: z.string().max(40).nullish(),
  caller_name: z.string().max(80).nullish(),
  called_number: z.string().max(40).nullish(),
  event_ts: z.iso.datetime({ offset: true }),
});
export type TelephoneEvent = z.infer<typeof TelephoneEvent>;
