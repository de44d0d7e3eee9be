import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { AlarmActor } from './alarm.ts';
import { people, type Role } from './role.ts';
import { Agency, EpochMs, label, PageQuery, pageOf, Place } from './shapes.ts';
import { GroupId } from './voice-protocol.ts';

/** Who is on the air with a button of his own; everybody else of a group listens. */
export const talkers: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor', 'responder', 'agency-admin'];

/** `RKM-7K2M9QXA` (rekaman): one burst, from the permit tone to the end. */
export const RecordingId = z.string().regex(/^RKM-[0-9A-Z]{8}$/, 'recordingId: RKM- and 8 letters or digits');

/** Agencies whose people are in a group. */
const OfAgencies = z.array(Agency).min(1).max(Agency.options.length);

const talkFloors = defineStream({ name: 'talk.floors', delivery: 'latest', keepForDays: 30 });
const talkBursts = defineStream({ name: 'talk.bursts', delivery: 'every', keepForDays: 90 });

/** A group somebody may be in, and what he may do there. */
export const TalkGroup = z.object({
  groupId: GroupId,
  /** As it is called on the air: `Satpol PP`, `Semua`, `INS-7K2M9QXA`. */
  name: label(60),
  agencies: OfAgencies,
  /** False: he listens. */
  mayTalk: z.boolean(),
});
export type TalkGroup = z.infer<typeof TalkGroup>;

export const ListTalkGroups = defineRoute({
  name: 'talk.groups.list',
  summary:
    'The groups its caller may be in: those of his agencies, all-call, and one for each open incident his agencies see. Whoever is of the room is in all of them.',
  method: 'GET',
  path: '/api/talk/groups',
  answer: z.object({ items: z.array(TalkGroup) }),
  permission: people,
  audit: 'none',
});

export const TalkFloorChanged = defineEvent({
  name: 'talk.floor.changed',
  summary: 'Who has the floor of a group now, and how many are on the line.',
  stream: talkFloors,
  data: z.object({
    groupId: GroupId,
    name: label(60),
    agencies: OfAgencies,
    /** Phones and desks on the line, the talker's too. */
    participants: z.number().int().min(0),
    /** Absent: the floor is idle. Over at `untilMs` whatever else is heard: a burst is no longer. */
    talk: z
      .object({
        recordingId: RecordingId,
        principalId: AlarmActor,
        isEmergency: z.boolean(),
        sinceMs: EpochMs,
        untilMs: EpochMs,
      })
      .optional(),
    atMs: EpochMs,
  }),
  key: (floor) => floor.groupId,
  version: (floor) => floor.atMs,
  audience: ({ agencies }) => agencies,
  urgent: true,
});
export type TalkFloorChanged = DataOf<typeof TalkFloorChanged>;

/** A stretch of a burst of which nothing arrived: it is silent in the recording, and shown as missing. */
export const VoiceHole = z.object({
  /** After the burst's beginning, ms. */
  fromMs: z.number().int().min(0),
  forMs: z.number().int().min(1),
});
export type VoiceHole = z.infer<typeof VoiceHole>;

/** One burst as it is kept. */
export const Recording = z.object({
  recordingId: RecordingId,
  groupId: GroupId,
  agencies: OfAgencies,
  principalId: AlarmActor,
  isEmergency: z.boolean(),
  startedAtMs: EpochMs,
  /** What can be heard, holes too. */
  durationMs: z.number().int().min(0),
  holes: z.array(VoiceHole).max(200),
  /** The city's service ended in the middle of it: up to the last second of it is lost. */
  isCutOff: z.literal(true).optional(),
  /** Where the talker's phone was. */
  place: Place.optional(),
  /** SHA-256 of the file, lower-case hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().min(1),
  /** `audio/ogg`: Opus (RFC 7845). `audio/wav`: PCM of a browser that has no encoder. */
  contentType: z.enum(['audio/ogg', 'audio/wav']),
});
export type Recording = z.infer<typeof Recording>;

export const BurstRecorded = defineEvent({
  name: 'talk.burst.recorded',
  summary: 'A burst is kept, whole or with its holes. Its file is asked for by its recording.',
  stream: talkBursts,
  data: Recording,
  key: (recording) => recording.groupId,
  id: (recording) => recording.recordingId,
  audience: ({ agencies }) => agencies,
});
export type BurstRecorded = DataOf<typeof BurstRecorded>;

export const ListRecordings = defineRoute({
  name: 'talk.recordings.list',
  summary:
    'Bursts of groups its caller may be in, last first: of a group (also an incident’s), of somebody, of a time.',
  method: 'GET',
  path: '/api/talk/recordings',
  query: PageQuery.pick({ limit: true, after: true }).extend({
    groupId: GroupId.optional(),
    principalId: AlarmActor.optional(),
    fromMs: z.coerce.number().pipe(EpochMs).optional(),
    toMs: z.coerce.number().pipe(EpochMs).optional(),
  }),
  answer: pageOf(Recording),
  permission: people,
});

export const GetRecordingAudio = defineRoute({
  name: 'talk.recordings.audio',
  summary: 'What was said in a burst. Written down in the audit trail.',
  method: 'GET',
  path: '/api/talk/recordings/:recordingId/audio',
  params: z.object({ recordingId: RecordingId }),
  // the sound itself, not JSON
  answer: z.unknown(),
  permission: people,
  audit: ({ params }: { params: { recordingId: string } }) => [`recording:${params.recordingId}`],
});
