import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { CameraId } from './camera.ts';
import { defineRoute } from './define-route.ts';
import { Version } from './register-routes.ts';
import type { Role } from './role.ts';
import { Agency, EpochMs, label, pageOf, PageQuery } from './shapes.ts';

/** `REK-7K2M9QXA`. */
export const FootageId = z.string().regex(/^REK-[0-9A-Z]{8}$/, 'footageId: REK- and 8 letters or digits');

/** Diminta → disetujui → diserahkan; or refused. */
export const FootageStatus = z.enum(['requested', 'approved', 'refused', 'handed-over']);
export type FootageStatus = z.infer<typeof FootageStatus>;

/** Who writes requests down, and who decides. */
const desk: readonly Role[] = ['dispatcher', 'supervisor', 'agency-admin'];
const deciders: readonly Role[] = ['supervisor', 'agency-admin'];

const DAY_MS = 86_400_000;

/** One asking by somebody outside for what cameras recorded: police, an insurer, a citizen whose accident it was. */
export const FootageRequest = z.object({
  footageId: FootageId,
  /** Cameras of one agency, which decides. */
  cameraIds: z.array(CameraId).min(1).max(10),
  owner: Agency,
  fromMs: EpochMs,
  toMs: EpochMs,
  /** Of the letter that asks. */
  letterNumber: label(80),
  purpose: label(300),
  /** Who signed the letter; forgotten when the request's time is over. */
  requester: label(120).meta({ class: 'personal' }).optional(),
  institution: label(120),
  /** Until then what was handed over is kept, and who asked is known. */
  keptUntilMs: EpochMs,
  status: FootageStatus,
  askedBy: AlarmActor,
  askedAtMs: EpochMs,
  /** Somebody else than who wrote the request down. */
  decision: z.object({ by: AlarmActor, atMs: EpochMs, note: label(300).optional() }).optional(),
  handOver: z
    .object({
      by: AlarmActor,
      atMs: EpochMs,
      /** As the receipt says: `USB 32 GB, tanda terima 12/DISHUB/2026`. */
      how: label(200),
      /** SHA-256 of the file, so that a copy can be told from it. */
      sha256: z.string().optional(),
    })
    .optional(),
  /** Recordings of the time asked for, where a camera's recorder is known; for who may hand them over. */
  playback: z.array(z.object({ cameraId: CameraId, url: z.string().max(600) })).optional(),
  version: Version,
});
export type FootageRequest = z.infer<typeof FootageRequest>;

const ByFootage = z.object({ footageId: FootageId });

export const RequestFootage = defineRoute({
  name: 'street.footage.ask',
  summary:
    'Writes down that somebody asks for recordings, by letter: at most 24 hours of at most ten cameras of one agency.',
  method: 'POST',
  path: '/api/street/footage',
  body: z
    .object({
      ...FootageRequest.pick({ cameraIds: true, fromMs: true, toMs: true, letterNumber: true, purpose: true }).shape,
      requester: label(120).meta({ class: 'personal' }),
      institution: label(120),
      keepDays: z.number().int().min(1).max(1825).default(365),
    })
    .refine(({ fromMs, toMs }) => toMs > fromMs && toMs - fromMs <= DAY_MS, {
      message: 'rekaman paling lama 24 jam, dari awal ke akhir · at most 24 hours, from begin to end',
      path: ['toMs'],
    }),
  answer: FootageRequest,
  permission: desk,
  audit: ({ body }: { body: { cameraIds: readonly string[] } }) => body.cameraIds.map((id) => `camera:${id}`),
});

export const ListFootage = defineRoute({
  name: 'street.footage.list',
  summary: 'Requests for recordings, newest first; `q` searches number, letter and institution.',
  method: 'GET',
  path: '/api/street/footage',
  query: PageQuery.extend({ status: FootageStatus.optional(), cameraId: CameraId.optional() }),
  answer: pageOf(FootageRequest),
  permission: desk,
});

export const GetFootage = defineRoute({
  name: 'street.footage.get',
  summary: 'One request, with where its recordings are for who may hand them over.',
  method: 'GET',
  path: '/api/street/footage/:footageId',
  params: ByFootage,
  answer: FootageRequest,
  permission: desk,
});

const step = { method: 'POST', params: ByFootage, answer: FootageRequest, status: 200 } as const;

export const ApproveFootage = defineRoute({
  name: 'street.footage.approve',
  summary:
    'Approves a request; for the cameras’ agency, by somebody else than who wrote it down. 409 when it was decided.',
  path: '/api/street/footage/:footageId/approve',
  body: z.object({ note: label(300).optional() }),
  permission: deciders,
  ...step,
});

export const RefuseFootage = defineRoute({
  name: 'street.footage.refuse',
  summary: 'Refuses a request, saying why; by somebody else than who wrote it down. 409 when it was decided.',
  path: '/api/street/footage/:footageId/refuse',
  body: z.object({ note: label(300) }),
  permission: deciders,
  ...step,
});

export const HandOverFootage = defineRoute({
  name: 'street.footage.hand-over',
  summary: 'What was approved has been handed over: how, and the SHA-256 of the file. 409 unless it is approved.',
  path: '/api/street/footage/:footageId/hand-over',
  body: z.object({
    how: label(200),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'sha256: 64 small hexadecimal digits')
      .optional(),
  }),
  permission: desk,
  ...step,
});
