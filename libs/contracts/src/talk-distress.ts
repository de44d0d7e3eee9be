import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { Deed, emergencyAgencies } from './emergency.ts';
import { PatrolPosition } from './emergency-patrols.ts';
import { Agency, EpochMs, label } from './shapes.ts';
import { talkers } from './talk.ts';
import { GroupId } from './voice-protocol.ts';

/** `DRT-7K2M9QXA` (darurat): one press of an officer's emergency button, until it is over. */
export const DistressId = z.string().regex(/^DRT-[0-9A-Z]{8}$/, 'distressId: DRT- and 8 letters or digits');

/** Where his phone was, and when, by its clock; never later than it was heard. */
const WhereHeIs = PatrolPosition.extend({ atMs: EpochMs.optional() });

/** Why it is over: *salah tekan*, *sudah aman*, in the words of who ended it. */
const Reason = label(200);

const talkDistress = defineStream({ name: 'talk.distress', delivery: 'latest', keepForDays: 30 });

/**
 * An officer in danger, the MCPTT emergency alert of TS 22.179 §5.6.2.4. It opens an incident and raises an alarm that is heard until
 * somebody answers; who pressed may take it back, and the incident stays until the desk closes it.
 */
export const DistressChanged = defineEvent({
  name: 'talk.distress.changed',
  summary: 'An officer pressed the emergency button of his radio, or that is over.',
  stream: talkDistress,
  data: z.object({
    distressId: DistressId,
    principalId: AlarmActor,
    /** Whose officer he is. */
    agency: Agency,
    /** Where he was talking. */
    groupId: GroupId.optional(),
    /** As soon as his phone knew, and again when he moved. */
    position: WhereHeIs.optional(),
    raisedAtMs: EpochMs,
    /** Absent: he is in danger. */
    ended: Deed.extend({ reason: Reason }).optional(),
    version: z.number().int().min(1),
  }),
  key: (distress) => distress.distressId,
  version: (distress) => distress.version,
  where: (distress) => distress.position,
  audience: ({ agency }) => [...new Set([agency, ...emergencyAgencies])],
  urgent: true,
});
export type DistressChanged = DataOf<typeof DistressChanged>;

const ofOne = { params: z.object({ distressId: DistressId }), answer: DistressChanged.data, permission: talkers };

export const RaiseDistress = defineRoute({
  name: 'talk.distress.raise',
  summary:
    'An officer is in danger: raises an alarm and opens an incident on the second step of the ladder. While one of his is open, a repeat or another press answers that one.',
  method: 'POST',
  path: '/api/talk/distress',
  body: z.object({ groupId: GroupId.optional(), position: WhereHeIs.optional() }),
  answer: DistressChanged.data,
  permission: talkers,
});

export const PlaceDistress = defineRoute({
  name: 'talk.distress.place',
  summary:
    'Where he is, once his phone knows, and again whenever it is known better or he moved. 403 for anybody else, 409 when it is over.',
  method: 'POST',
  path: '/api/talk/distress/:distressId/position',
  body: WhereHeIs,
  ...ofOne,
  audit: 'none', // who pressed and when is written down with the press
});

export const EndDistress = defineRoute({
  name: 'talk.distress.end',
  summary:
    'It was pressed by mistake, or he is safe. By who pressed it, or by a dispatcher or supervisor; 403 for anybody else. A repeat changes nothing.',
  method: 'POST',
  path: '/api/talk/distress/:distressId/end',
  body: z.object({ reason: Reason }),
  ...ofOne,
});
