import { z } from 'zod';
import { CameraHealth, CameraId } from './camera.ts';
import { defineRoute } from './define-route.ts';
import type { Role } from './role.ts';
import { Agency, EpochMs, label, Latitude, Longitude, Place } from './shapes.ts';

/** Why a camera is as it is: the exact reason. */
export const CameraReason = z.enum([
  ...(['ok', 'no-address', 'unknown-name', 'connection-refused', 'no-route', 'no-answer', 'broken-off'] as const),
  ...(['not-allowed', 'needs-credentials', 'credentials-elsewhere', 'wrong-credentials', 'forbidden'] as const),
  ...(['no-such-stream', 'not-rtsp', 'no-video', 'no-packets', 'server-error', 'not-a-picture'] as const),
  ...(['frozen', 'black', 'weaker-sign-in', 'too-much'] as const),
]);
export type CameraReason = z.infer<typeof CameraReason>;

/** What was seen in two stills a moment apart; `not-judged`: there were none that could be compared. */
export const CameraJudgement = z.enum(['moving', 'frozen', 'black', 'not-judged']);
export type CameraJudgement = z.infer<typeof CameraJudgement>;

const ByCamera = z.object({ cameraId: CameraId });

/** Who works with pictures; a screen on a wall shows them, and asks for none. */
const viewers: readonly Role[] = ['viewer', 'call-taker', 'dispatcher', 'supervisor', 'agency-admin'];

/** A still as it is shown: never kept. */
export const CameraStill = z.object({ contentType: z.literal('image/jpeg'), base64: z.string() });

export const TestCamera = defineRoute({
  name: 'street.cameras.test',
  summary:
    'Looks at a camera now: a still, or the exact reason why there is none. Takes up to 14 s; 409 while it is being looked at.',
  method: 'POST',
  path: '/api/street/cameras/:cameraId/test',
  params: ByCamera,
  answer: z.object({
    cameraId: CameraId,
    atMs: EpochMs,
    health: CameraHealth,
    reason: CameraReason,
    /** The reason for people, Bahasa and English. */
    words: z.string().max(300),
    /** `RTSP 401`. */
    detail: label(200).optional(),
    /** What of the stream came. */
    stream: z
      .object({ codec: z.string().max(20), packets: z.number().int().min(0), bytes: z.number().int().min(0) })
      .optional(),
    judged: CameraJudgement,
    still: CameraStill.optional(),
    /** To be drawn over the still: who looked, and when. */
    watermark: z.string().max(120),
  }),
  status: 200,
  permission: viewers,
});

/** Whether a camera sees a place: within its range and field of view; `maybe` where one of them, or where it stands, is not known. */
export const CameraSees = z.enum(['yes', 'maybe', 'no']);
export type CameraSees = z.infer<typeof CameraSees>;

export const ListCamerasNear = defineRoute({
  name: 'street.cameras.near',
  summary: 'Cameras for a place: those that see it first, then those that may, then by distance.',
  method: 'GET',
  path: '/api/street/cameras/near',
  query: z.object({
    lat: z.coerce.number().pipe(Latitude),
    lng: z.coerce.number().pipe(Longitude),
    withinM: z.coerce.number().min(1).max(20_000).default(1000),
    limit: z.coerce.number().int().min(1).max(50).default(8),
  }),
  answer: z.object({
    items: z.array(
      z.object({
        cameraId: CameraId,
        name: label(80),
        owner: Agency,
        place: Place,
        distanceM: z.number().min(0),
        /** From the camera to the place. */
        bearingDeg: z.number().min(0).max(360),
        sees: CameraSees,
        health: CameraHealth,
        lastPictureAtMs: EpochMs.optional(),
      }),
    ),
  }),
  permission: viewers,
});

/** Of one view, of its caller, for one camera. */
export const Ticket = z.string().max(700);

/**
 * A moving picture for a browser. `webrtc`: a WHEP endpoint (draft-ietf-wish-whep), an SDP offer is POSTed to it; `hls`: a playlist;
 * `mjpeg`: for an `img`. Each address carries the ticket, and is good as long as it is.
 */
export const LivePicture = z.object({ as: z.enum(['webrtc', 'hls', 'mjpeg']), url: z.string().max(1500) });
export type LivePicture = z.infer<typeof LivePicture>;

export const ViewCamera = defineRoute({
  name: 'street.cameras.view',
  summary:
    'Opens a camera to watch: a ticket of its caller for five minutes, what is drawn over the picture, and where its still, its moving picture and its recordings are. Written down in the audit trail.',
  method: 'POST',
  path: '/api/street/cameras/:cameraId/view',
  params: ByCamera,
  answer: z.object({
    cameraId: CameraId,
    ticket: Ticket,
    untilMs: EpochMs,
    /** To be drawn over the picture: who looks, and when. */
    watermark: z.string().max(120),
    /** Path of one still, asked for again and again; absent: the camera has no snapshot address. */
    still: z.string().max(800).optional(),
    /** Best first; absent: the camera names no stream of a media server. */
    live: z.array(LivePicture).max(3).optional(),
    /** With places for time in it, when its recorder takes them; see `playbackAt`. */
    playbackUrl: z.string().max(300).optional(),
  }),
  status: 200,
  permission: viewers,
  secret: true,
});

export const GetCameraStill = defineRoute({
  name: 'street.cameras.still',
  summary: 'One still, JPEG, for the holder of a ticket. Passed on, never kept.',
  method: 'GET',
  path: '/api/street/cameras/:cameraId/still',
  params: ByCamera,
  query: z.object({ ticket: Ticket }),
  // the picture itself, not JSON
  answer: z.unknown(),
  permission: viewers,
});
