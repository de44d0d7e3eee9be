import { z } from 'zod';
import { CameraId, LinkId } from './camera.ts';
import { defineRoute } from './define-route.ts';
import { Registration, registerRoutes, Version } from './register-routes.ts';
import { Agency, CityDay, EpochMs, HeadingDeg, label, PageQuery, Place } from './shapes.ts';
import { PanelId, streetReaders } from './street-assets.ts';

/** Radio link between an antenna at a junction and the room: cameras hang on it. */
export const Link = z.object({
  linkId: LinkId,
  name: label(80),
  owner: Agency,
  /** What its far end is fed from; absent: unknown. */
  panelId: PanelId.optional(),
});
export type Link = z.infer<typeof Link>;

/** What UU 27/2022 article 17 lets a city watch public places for. */
export const CameraPurpose = z.enum(['traffic', 'security', 'disaster']);
export type CameraPurpose = z.infer<typeof CameraPurpose>;

/** Whatever people call a password in an address. */
const passwordWord = /[?&/;](pass|passwd|password|pwd|sandi)=(?!\{password\}|&|$)/i;

/**
 * Where a camera is reached. No name and no password in it: they have a door of their own. An address that must carry them
 * says where: `rtsp://10.20.1.5/user={user}&password={password}&channel=1`.
 */
const address = (protocol: RegExp) =>
  z
    .url({ protocol })
    .max(300)
    .refine(
      (given) => !/^[a-z]+:\/\/[^/]*@/i.test(given) && !passwordWord.test(given),
      'alamat tidak boleh memuat nama dan sandi: isi lewat Sandi kamera, atau tulis {user} dan {password} di tempatnya · no name or password in an address',
    );

/** A stream of a media server of the city: `pusat/CCTV-007`, the server's name and the stream's. */
export const MediaStream = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,19}(?:\/[A-Za-z0-9_][A-Za-z0-9_.~-]{0,59}){1,3}$/,
    'nama server media, garis miring, nama aliran, seperti pusat/CCTV-007 · server/stream',
  );

/** A camera as people enter it. */
export const Camera = z.object({
  cameraId: CameraId,
  name: label(80),
  /** Whose it is: its people alone change it and see its addresses; they and the room see it. */
  owner: Agency,
  purpose: CameraPurpose,
  /** City date since when a sign tells people of it (UU 27/2022 article 17); absent: there is none. */
  noticeOn: CityDay.optional(),
  /** Whom people ask about it: office and number, as on the sign. */
  contact: label(120).optional(),
  place: Place,
  /** The place is a guess: drawn as such. */
  approximate: z.boolean().default(false),
  /** Where its picture's middle lies, and how wide and far it sees; absent: it turns, or nobody measured it. */
  directionDeg: HeadingDeg.optional(),
  fieldOfViewDeg: z.number().min(1).max(360).optional(),
  rangeM: z.number().min(1).max(2000).optional(),
  /** Radio link it hangs on, and what it is fed from; absent: unknown, or none. */
  linkId: LinkId.optional(),
  panelId: PanelId.optional(),
  streamUrl: address(/^rtsps?$/).optional(),
  /** Answers one JPEG. */
  snapshotUrl: address(/^https?$/).optional(),
  /** Where its recordings are looked at; `{from}` and `{to}` are where the time goes (`playbackAt`). */
  playbackUrl: address(/^(https?|rtsps?)$/).optional(),
  /** What a media server has of it: moving pictures for browsers. */
  mediaStream: MediaStream.optional(),
});
export type Camera = z.infer<typeof Camera>;

/** Addresses only for who may change the camera; what signs it in is never answered. */
export const RegisteredCamera = Camera.extend(Registration.shape).extend({
  /** When name and password were last entered; absent: never. */
  credentialsAtMs: EpochMs.optional(),
});
export type RegisteredCamera = z.infer<typeof RegisteredCamera>;
export const RegisteredLink = Link.extend(Registration.shape);

const ByCamera = z.object({ cameraId: CameraId });

export const cameraRoutes = registerRoutes({
  ...{ name: 'street.cameras', one: 'a camera of one’s agency', searches: 'id and name', key: 'cameraId' },
  readers: streetReaders,
  params: ByCamera,
  query: PageQuery.extend({ owner: Agency.optional(), linkId: LinkId.optional() }),
  thing: Camera,
  change: Camera.omit({ cameraId: true }).extend({ version: Version }),
  registered: RegisteredCamera,
});

export const linkRoutes = registerRoutes({
  ...{ name: 'street.links', one: 'a radio link of one’s agency', searches: 'id and name', key: 'linkId' },
  readers: streetReaders,
  params: z.object({ linkId: LinkId }),
  query: PageQuery.extend({ owner: Agency.optional() }),
  thing: Link,
  change: Link.omit({ linkId: true }).extend({ version: Version }),
  registered: RegisteredLink,
});

/** As a camera asks for it: printable, bounded. */
const credential = (least: number) =>
  z
    .string()
    .min(least)
    .max(128)
    .regex(/^[\x20-\x7e]*$/, 'printable ASCII only');

export const SetCameraCredentials = defineRoute({
  name: 'street.cameras.set-credentials',
  summary:
    'Name and password a camera asks for. Kept encrypted, for scheme, host and port of the camera’s addresses only, and never answered: another address needs them entered again.',
  method: 'PUT',
  path: '/api/street/cameras/:cameraId/credentials',
  params: ByCamera,
  body: z.object({ userName: credential(1), password: credential(0) }),
  answer: z.object({ credentialsAtMs: EpochMs }),
  permission: ['agency-admin'],
  secret: true,
});

export const ForgetCameraCredentials = defineRoute({
  name: 'street.cameras.forget-credentials',
  summary: 'Forgets the name and password of a camera.',
  method: 'DELETE',
  path: '/api/street/cameras/:cameraId/credentials',
  params: ByCamera,
  answer: z.object({}),
  permission: ['agency-admin'],
});
