import { z } from 'zod';
import { EpochMs, Place } from './shapes.ts';

/**
 * What is said on `/voice` beside the voice: JSON in text messages, packets of voice (`voice-frame.ts`) in binary ones. Messages
 * are those of 3GPP TS 24.380 by their names; the link is ordered, so that none is asked for twice.
 */

/** `satpolpp`, `semua` (all-call), `INS-7K2M9QXA`: one agency, everybody, one incident. */
export const GroupId = z.string().regex(/^([a-z]{2,20}|INS-[0-9A-Z]{8})$/, 'groupId: an agency, semua, or INS-…');
/** One link of a person or device: two phones of one person are two. */
export const ParticipantId = z.string().regex(/^[\w-]{8,40}$/);
/** The phone's own name for one press, the same on every repeat. */
export const TalkId = z.string().regex(/^[\w-]{8,40}$/);
/** What the packets of a granted press carry. */
export const BurstNumber = z.number().int().min(1).max(0xffffffff);

const inGroup = { groupId: GroupId };
const ofTalk = { ...inGroup, talkId: TalkId };

/** How well a device talks and hears, by its own measure. */
export const VoiceQuality = z.object({
  /** From the finger to the permit, of its last press, ms. */
  accessMs: z.number().int().min(0).max(60_000).optional(),
  /** RFC 3550 §6.4.1, of the last burst it heard, ms. */
  jitterMs: z.number().min(0).max(60_000).optional(),
  /** Packets of that burst that never came or came too late. */
  lostPercent: z.number().min(0).max(100).optional(),
});
export type VoiceQuality = z.infer<typeof VoiceQuality>;

/** What a phone or a desk says. `hello` comes first, within 5 s; what is no message of these ends the link. */
export const VoiceRequest = z.discriminatedUnion('kind', [
  /** `ticket`: of `POST /api/session/ticket`. `deviceId`: the same over every reconnect of this browser. */
  z.object({ kind: z.literal('hello'), ticket: z.string().max(4000), deviceId: ParticipantId }),
  z.object({ kind: z.literal('join'), ...inGroup }),
  z.object({ kind: z.literal('leave'), ...inGroup }),
  /** Floor Request; `place`: where the phone is, where it knows. */
  z.object({ kind: z.literal('request'), ...ofTalk, isEmergency: z.literal(true).optional(), place: Place.optional() }),
  /** Floor Release, also of a press that still waits. */
  z.object({ kind: z.literal('release'), ...ofTalk }),
  /** After each press that was granted and each burst that was heard; what it leaves out stays as it was. */
  VoiceQuality.extend({ kind: z.literal('report') }),
  /** The answer to `ping`, with its time. */
  z.object({ kind: z.literal('pong'), atMs: EpochMs }),
]);
export type VoiceRequest = z.infer<typeof VoiceRequest>;

/** Who talks, as the other members of a group are told. */
export const Talker = z.object({ participantId: ParticipantId, principalId: z.string().max(100) });

/** What the city says. */
export const VoiceWord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('welcome'), participantId: ParticipantId }),
  /** Floor Granted: speak, for so long at most; so many others hear it. */
  z.object({ kind: z.literal('granted'), ...ofTalk, burst: BurstNumber, forMs: z.number(), listeners: z.number() }),
  /** Floor Taken; `exercise`: a drill speaks, or a radio that is meant for training. */
  z.object({
    ...{ kind: z.literal('taken'), ...inGroup, burst: BurstNumber, by: Talker },
    ...{ isEmergency: z.boolean(), sinceMs: EpochMs, exercise: z.literal(true).optional() },
  }),
  /** Floor Deny, with causes 5 and 7 of §8.2.6.2, and one of ours: he is not in this group. */
  z.object({ kind: z.literal('deny'), ...ofTalk, cause: z.enum(['receive-only', 'queue-full', 'not-in-group']) }),
  /** Floor Idle. */
  z.object({ kind: z.literal('idle'), ...inGroup }),
  /** Floor Revoke, with causes 2, 3 and 4 of §8.2.10.2. */
  z.object({
    ...{ kind: z.literal('revoke'), ...ofTalk },
    cause: z.enum(['media-burst-too-long', 'no-permission', 'media-burst-pre-empted']),
  }),
  /** Queue Position Info; 1 is next. */
  z.object({ kind: z.literal('queue-position'), ...ofTalk, position: z.number().int().min(1) }),
  /** The talk limit is near; ours. */
  z.object({ kind: z.literal('ending'), ...ofTalk, inMs: z.number() }),
  /** The burst is stored: only now its talker hears that it was sent. */
  z.object({ kind: z.literal('sent'), ...ofTalk, recordingId: z.string(), heardMs: z.number() }),
  /** Nothing is heard of a link that does not answer within 2 s: it is closed, and its floor is free. */
  z.object({ kind: z.literal('ping'), atMs: EpochMs }),
  /** Both languages, what to do; the link stands. */
  z.object({ kind: z.literal('refused'), detail: z.string(), groupId: GroupId.optional() }),
]);
export type VoiceWord = z.infer<typeof VoiceWord>;
