import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { keepers, STILL_DAYS, StillAbout } from './camera-stills.ts';
import { CameraId } from './camera.ts';
import { defineRoute } from './define-route.ts';
import { Agency, EpochMs, label, pageOf, PageQuery } from './shapes.ts';

/** `KLIP-7K2M9QXA`. */
export const ClipId = z.string().regex(/^KLIP-[0-9A-Z]{8}$/, 'clipId: KLIP- and 8 letters or digits');

/** Asked for → being copied → kept; or failed, for good, with its reason. */
export const ClipStatus = z.enum(['asked', 'keeping', 'kept', 'failed']);
export type ClipStatus = z.infer<typeof ClipStatus>;

/** Recordings so long before and after a moment belong to what happened, ms. */
export const CLIP_AROUND_MS = 5 * 60_000;

/** A recording copied from a media server for an alarm or an incident, before it is written over. */
export const PinnedClip = z.object({
  clipId: ClipId,
  cameraId: CameraId,
  cameraName: label(80),
  /** Whose camera it was: its people and the room see it. */
  owner: Agency,
  about: StillAbout,
  purpose: label(200),
  fromMs: EpochMs,
  toMs: EpochMs,
  status: ClipStatus,
  /** Why there is none, Bahasa and English; with `failed` only. */
  problem: z.string().max(300).optional(),
  askedAtMs: EpochMs,
  askedBy: AlarmActor,
  /** Then it is erased. */
  keptUntilMs: EpochMs,
  /** With `kept` only, like the SHA-256 of the file. */
  bytes: z.number().int().min(1).optional(),
  sha256: z.string().optional(),
});
export type PinnedClip = z.infer<typeof PinnedClip>;

const ByClip = z.object({ clipId: ClipId });

export const KeepClip = defineRoute({
  name: 'street.clips.keep',
  summary:
    'Copies what mediamtx recorded of a camera five minutes before and after a moment, for an alarm or an incident, until a day; when the five minutes after it are over. 409 says why that cannot be.',
  method: 'POST',
  path: '/api/street/cameras/:cameraId/clips',
  params: z.object({ cameraId: CameraId }),
  body: z.object({
    about: StillAbout,
    purpose: label(200),
    /** The moment it is about; absent: now. */
    atMs: EpochMs.optional(),
    keepDays: z.number().int().min(1).max(STILL_DAYS.most).default(STILL_DAYS.usual),
  }),
  answer: PinnedClip,
  permission: keepers,
  audit: ({ params, body }: { params: { cameraId: string }; body: { about: string } }) => [
    `camera:${params.cameraId}`,
    body.about,
  ],
});

export const ListClips = defineRoute({
  name: 'street.clips.list',
  summary: 'Clips that are kept or on their way, last asked for first; of one camera, or for one alarm or incident.',
  method: 'GET',
  path: '/api/street/clips',
  query: PageQuery.omit({ q: true }).extend({ cameraId: CameraId.optional(), about: StillAbout.optional() }),
  answer: pageOf(PinnedClip),
  permission: keepers,
});

export const GetClipFile = defineRoute({
  name: 'street.clips.file',
  summary:
    'The recording, MP4, or the stretch a `Range` header names (206). Written down in the audit trail. 409 while it is not kept.',
  method: 'GET',
  path: '/api/street/clips/:clipId/file',
  params: ByClip,
  // the recording itself, not JSON
  answer: z.unknown(),
  permission: keepers,
  audit: ({ params }: { params: { clipId: string } }) => [`clip:${params.clipId}`],
});

export const EraseClip = defineRoute({
  name: 'street.clips.erase',
  summary: 'Erases a clip before its day; for administrators of the camera’s agency.',
  method: 'DELETE',
  path: '/api/street/clips/:clipId',
  params: ByClip,
  answer: z.object({}),
  permission: ['agency-admin'],
});
