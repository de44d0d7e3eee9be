import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineStream } from './define-stream.ts';
import { Agency, EpochMs, HeadingDeg, label, Place, registerId } from './shapes.ts';

export const CameraId = registerId('cameraId');
export const LinkId = registerId('linkId');

/** Who watches a camera: its owner and the room. */
const audience = ({ owner }: { owner: Agency }): readonly Agency[] =>
  owner === 'command' ? ['command'] : [owner, 'command'];

export const cameras = defineStream({ name: 'street.cameras', delivery: 'latest', keepForDays: 3650 });

/** What a map and a list show of a camera, and no more: addresses and credentials of streams are in no event. */
export const CameraRegistered = defineEvent({
  name: 'street.camera.registered',
  summary: 'What a map shows of a registered camera; a tombstone when it is taken out.',
  stream: cameras,
  data: z.object({
    cameraId: CameraId,
    name: label(80),
    owner: Agency,
    place: Place,
    /** The place is a guess: drawn as such. */
    approximate: z.literal(true).optional(),
    /** Where its picture's middle lies, and how wide and far it sees. Absent: it turns, or nobody measured it. */
    directionDeg: HeadingDeg.optional(),
    fieldOfViewDeg: z.number().min(1).max(360).optional(),
    rangeM: z.number().min(1).max(2000).optional(),
    /** Radio link it hangs on. */
    linkId: LinkId.optional(),
    changedAtMs: EpochMs,
  }),
  key: (camera) => camera.cameraId,
  id: (camera) => `${camera.cameraId}@${String(camera.changedAtMs)}`,
  version: (camera) => camera.changedAtMs,
  where: (camera) => camera.place,
  audience,
});
export type CameraRegistered = DataOf<typeof CameraRegistered>;

/**
 * What the last probe found: a picture that moves, one that stands still, a black one, an address that answers without a
 * stream, one that refuses our credentials, one that does not answer. `unchecked`: nobody looked yet.
 */
export const CameraHealth = z.enum(['live', 'frozen', 'black', 'no-stream', 'refused', 'unreachable', 'unchecked']);
export type CameraHealth = z.infer<typeof CameraHealth>;

export const cameraStates = defineStream({ name: 'street.camera-states', delivery: 'latest', keepForDays: 400 });

/** How a camera is. Trouble counts only after it lasted a minute, so that a link that flaps is no news. */
export const CameraStateChanged = defineEvent({
  name: 'street.camera.state-changed',
  summary: 'How a camera is, since when, and when its last good picture came.',
  stream: cameraStates,
  data: z.object({
    cameraId: CameraId,
    owner: Agency,
    place: Place,
    health: CameraHealth,
    sinceMs: EpochMs,
    checkedAtMs: EpochMs,
    /** When the last good picture came. */
    lastPictureAtMs: EpochMs.optional(),
    /** In words of the probe: `RTSP 401 Unauthorized`. Never an address or a credential. */
    detail: label(200).optional(),
    changedAtMs: EpochMs,
  }),
  key: (camera) => camera.cameraId,
  id: (camera) => `${camera.cameraId}@${String(camera.changedAtMs)}`,
  version: (camera) => camera.changedAtMs,
  where: (camera) => camera.place,
  freshForMs: 180_000,
  audience,
});
export type CameraStateChanged = DataOf<typeof CameraStateChanged>;
