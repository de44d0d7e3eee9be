import { z } from 'zod';
import { CameraHealth, CameraId } from './camera.ts';
import { defineRoute } from './define-route.ts';
import type { Role } from './role.ts';
import { EpochMs, label } from './shapes.ts';

/** Why a camera is as it is: the exact reason. */
export const CameraReason = z.enum([
  ...(['ok', 'no-address', 'unknown-name', 'connection-refused', 'no-route', 'no-answer', 'broken-off'] as const),
  ...(['not-allowed', 'needs-credentials', 'credentials-elsewhere', 'wrong-credentials', 'forbidden'] as const),
  ...(['no-such-stream', 'not-rtsp', 'no-video', 'no-packets', 'server-error', 'not-a-picture'] as const),
  ...(['frozen', 'black'] as const),
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
