import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { CameraId } from './camera.ts';
import { defineRoute } from './define-route.ts';
import type { Role } from './role.ts';
import { Agency, EpochMs, label, pageOf, PageQuery } from './shapes.ts';

/** `FOTO-7K2M9QXA`. */
export const StillId = z.string().regex(/^FOTO-[0-9A-Z]{8}$/, 'stillId: FOTO- and 8 letters or digits');

/** What a picture is kept for, in one word: `alarm:…` or `incident:…`. */
export const StillAbout = z
  .string()
  .regex(/^(?:alarm|incident):[A-Za-z0-9-]{4,40}$/, 'about: alarm:<alarmId> or incident:<incidentId>');

/** Who keeps pictures for what happened. */
export const keepers: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor', 'agency-admin'];

/** Days a still is kept unless said otherwise, and at most. */
export const STILL_DAYS = { usual: 30, most: 365 };

/** One picture kept for an alarm or an incident. */
export const PinnedStill = z.object({
  stillId: StillId,
  cameraId: CameraId,
  cameraName: label(80),
  /** Whose camera it was: its people and the room see it. */
  owner: Agency,
  about: StillAbout,
  purpose: label(200),
  takenAtMs: EpochMs,
  takenBy: AlarmActor,
  /** Then it is erased. */
  keptUntilMs: EpochMs,
  bytes: z.number().int().min(1),
  /** Recordings of five minutes before and after, where the camera's recorder is known. */
  playbackUrl: z.string().max(600).optional(),
});
export type PinnedStill = z.infer<typeof PinnedStill>;

const ByStill = z.object({ stillId: StillId });

export const KeepStill = defineRoute({
  name: 'street.stills.keep',
  summary:
    'Takes a still of a camera now and keeps it for an alarm or an incident, with its purpose, until a day. 503 says why there is none.',
  method: 'POST',
  path: '/api/street/cameras/:cameraId/stills',
  params: z.object({ cameraId: CameraId }),
  body: z.object({
    about: StillAbout,
    purpose: label(200),
    keepDays: z.number().int().min(1).max(STILL_DAYS.most).default(STILL_DAYS.usual),
  }),
  answer: PinnedStill,
  permission: keepers,
  audit: ({ params, body }: { params: { cameraId: string }; body: { about: string } }) => [
    `camera:${params.cameraId}`,
    body.about,
  ],
});

export const ListStills = defineRoute({
  name: 'street.stills.list',
  summary: 'Stills that are kept, newest first; of one camera, or for one alarm or incident.',
  method: 'GET',
  path: '/api/street/stills',
  query: PageQuery.omit({ q: true }).extend({ cameraId: CameraId.optional(), about: StillAbout.optional() }),
  answer: pageOf(PinnedStill),
  permission: keepers,
});

export const GetStillPicture = defineRoute({
  name: 'street.stills.picture',
  summary: 'The picture, JPEG; its comment says who was given this copy, and when. Written down in the audit trail.',
  method: 'GET',
  path: '/api/street/stills/:stillId/picture',
  params: ByStill,
  // the picture itself, not JSON
  answer: z.unknown(),
  permission: keepers,
  audit: ({ params }: { params: { stillId: string } }) => [`still:${params.stillId}`],
});

export const EraseStill = defineRoute({
  name: 'street.stills.erase',
  summary: 'Erases a still before its day; for administrators of the camera’s agency.',
  method: 'DELETE',
  path: '/api/street/stills/:stillId',
  params: ByStill,
  answer: z.object({}),
  permission: ['agency-admin'],
});
