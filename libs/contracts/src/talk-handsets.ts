import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { Deed, TelephoneNumber } from './emergency.ts';
import { SessionId } from './principal.ts';
import { Version } from './register-routes.ts';
import { people } from './role.ts';
import { CityDay, DeskAgency, EpochMs, label, pageOf, PageQuery, registerId } from './shapes.ts';
import { talkers } from './talk.ts';
import { ParticipantId, VoiceQuality } from './voice-protocol.ts';

/** As it is engraved or stuck on: `HT-014`. */
export const HandsetId = registerId('handsetId');

/** `cellular`: an HT with a SIM card. `phone`: somebody's telephone. `analogue`: a set on the air of its own, which cannot answer by itself. */
export const HandsetKind = z.enum(['cellular', 'phone', 'analogue']);
export type HandsetKind = z.infer<typeof HandsetKind>;

/** A radio as the city keeps it: lent to an office and not to a person, for people are moved and radios were lost with them. */
export const Handset = z.object({
  handsetId: HandsetId,
  /** Whose budget pays for it. */
  agency: DeskAgency,
  /** `Kelurahan Kanigaran`, `Pos Terminal Bayuangga`. */
  office: label(80),
  kind: HandsetKind,
  model: label(60).optional(),
  simNumber: TelephoneNumber.meta({ class: 'personal' }).optional(),
  /** Last day on which the SIM card works without a new credit. */
  simUntil: CityDay.optional(),
  /** Last day that is paid of its data plan. */
  planUntil: CityDay.optional(),
  /** Rupiah a month. */
  planRp: z.number().int().min(0).max(10_000_000).optional(),
  /** For training: what is said with it is an exercise. */
  isTraining: z.boolean(),
});
export type Handset = z.infer<typeof Handset>;

/** Percent of a full battery. */
export const BatteryPercent = z.number().int().min(0).max(100);

/** A radio with what is known of it now. */
export const HandsetNow = Handset.extend({
  /** Who signed in on it, since when; absent: nobody said so yet. */
  holder: z.object({ principalId: AlarmActor, sinceMs: EpochMs }).optional(),
  /** The last sign of life of it, to a quarter of a minute. */
  heardAtMs: EpochMs.optional(),
  battery: z.object({ percent: BatteryPercent, atMs: EpochMs }).optional(),
  /** How well it talks and hears, as it told last; `delayMs`: one way, half of the way to it and back. */
  voice: VoiceQuality.extend({ delayMs: z.number().min(0).optional(), atMs: EpochMs }).optional(),
  /** Keyed off: absent, it is not lost. */
  lost: Deed.extend({ reason: label(200) }).optional(),
  changedAtMs: EpochMs,
  version: Version,
});
export type HandsetNow = z.infer<typeof HandsetNow>;

const talkHandsets = defineStream({ name: 'talk.handsets', delivery: 'latest', keepForDays: 3650 });

/** Whose a radio is on the line: what the doors must know of it, and no screen. */
export const HandsetChanged = defineEvent({
  name: 'talk.handset.changed',
  summary: 'Who speaks with a radio, and whether it was lost: then its sign-in ends, and it is let on no line.',
  stream: talkHandsets,
  data: z.object({
    handsetId: HandsetId,
    isTraining: z.boolean(),
    isLost: z.boolean(),
    holder: z
      .object({ principalId: AlarmActor, participantId: ParticipantId, sessionId: SessionId.optional() })
      .optional(),
    version: z.number().int().min(1),
  }),
  key: (handset) => handset.handsetId,
  version: (handset) => handset.version,
  audience: [],
});
export type HandsetChanged = DataOf<typeof HandsetChanged>;

const ofOne = { params: z.object({ handsetId: HandsetId }), answer: HandsetNow };
const keepers = ['agency-admin', 'dispatcher', 'supervisor'] as const;

export const PutHandset = defineRoute({
  name: 'talk.handsets.put',
  summary:
    'Writes a radio of one’s own agency into the register, or changes it. Who holds it, and whether it is lost, stays.',
  method: 'PUT',
  path: '/api/talk/handsets/:handsetId',
  body: Handset.omit({ handsetId: true }),
  permission: ['agency-admin'],
  ...ofOne,
});

export const RemoveHandset = defineRoute({
  name: 'talk.handsets.remove',
  summary: 'Takes a radio out of the register: it was given back or written off. What was said with it stays.',
  method: 'DELETE',
  path: '/api/talk/handsets/:handsetId',
  permission: ['agency-admin'],
  ...{ ...ofOne, answer: z.object({ removed: z.literal(true) }) },
});

export const ListHandsets = defineRoute({
  name: 'talk.handsets.list',
  summary: 'Radios of the caller’s agencies, by id; the room sees all.',
  method: 'GET',
  path: '/api/talk/handsets',
  query: PageQuery,
  answer: pageOf(HandsetNow),
  permission: people,
});

export const HoldHandset = defineRoute({
  name: 'talk.handsets.hold',
  summary:
    'This phone is that radio from now on; who held it before holds it no more. 409 for one that is lost, or analogue.',
  method: 'POST',
  path: '/api/talk/handsets/:handsetId/holder',
  /** `deviceId`: as in `hello` on `/voice`. */
  body: z.object({ deviceId: ParticipantId, batteryPercent: BatteryPercent.optional() }),
  permission: talkers,
  ...ofOne,
});

export const LoseHandset = defineRoute({
  name: 'talk.handsets.lose',
  summary:
    'A radio is lost: the sign-in on it ends everywhere within a second or two, and it is let on no line. A repeat changes nothing.',
  method: 'POST',
  path: '/api/talk/handsets/:handsetId/lost',
  body: z.object({ reason: label(200) }),
  permission: keepers,
  ...ofOne,
});

export const FindHandset = defineRoute({
  name: 'talk.handsets.find',
  summary: 'A radio that was lost is back: whoever holds it says so anew.',
  method: 'DELETE',
  path: '/api/talk/handsets/:handsetId/lost',
  permission: keepers,
  ...ofOne,
});
