import { z } from 'zod';
import { CameraId } from './camera.ts';
import { Ticket } from './camera-watch.ts';
import { defineRoute } from './define-route.ts';
import { MediaStream } from './camera-register.ts';
import { CityCode } from './shapes.ts';

/** The programs that cities put between cameras and browsers. */
export const MediaServerKind = z.enum(['go2rtc', 'mediamtx']);
export type MediaServerKind = z.infer<typeof MediaServerKind>;

/**
 * How a stream is at its server. `idle`: nobody watches, and its source begins when somebody does, so that nothing is
 * wrong. `offline`: its source should be there, and is not. `unknown`: the server does not say now.
 */
export const MediaStreamState = z.enum(['live', 'idle', 'offline', 'unknown']);
export type MediaStreamState = z.infer<typeof MediaStreamState>;

export const ListMediaStreams = defineRoute({
  name: 'street.media.list',
  summary:
    'What streams the city’s media servers have, how each is and which camera names it. Streams of other agencies’ cameras are left out, those that no camera names are for administrators.',
  method: 'GET',
  path: '/api/street/media',
  answer: z.object({
    servers: z.array(
      z.object({
        name: z.string().max(20),
        kind: MediaServerKind,
        /** Why it could not be asked, Bahasa and English; absent: it answered. */
        problem: z.string().max(300).optional(),
        streams: z.array(
          z.object({
            /** As a camera names it: `pusat/CCTV-007`. */
            mediaStream: z.string().max(300),
            state: MediaStreamState,
            readers: z.number().int().min(0),
            /** Absent: no camera names it. */
            cameraId: CameraId.optional(),
          }),
        ),
      }),
    ),
    /** Cameras that name a server their city has not, or a stream its server has not. */
    astray: z.array(z.object({ cameraId: CameraId, mediaStream: MediaStream })),
  }),
  permission: ['dispatcher', 'supervisor', 'agency-admin'],
});

/** What a media server may ask; as much of it as decides is read. */
const asked = (most: number) => z.string().max(most).nullish();

/** Each server has an address of its own, and shows what only it has. */
const ByServer = z.object({ city: CityCode, server: z.string().max(20) });
const Secret = z.string().max(100);

export const AdmitToMedia = defineRoute({
  name: 'street.media.admit',
  summary:
    'Asked by mediamtx (`authMethod: http`) whether somebody may read a path of this server: yes with the ticket of a view of the one camera that names it, as token, password, or `ticket` in the query. 401 otherwise, and to who has not the server’s secret.',
  method: 'POST',
  path: '/api/street/public/media/:city/:server/auth',
  params: ByServer,
  query: z.object({ secret: Secret }),
  body: z.object({
    user: asked(300),
    password: asked(1000),
    token: asked(1000),
    ip: asked(100),
    /** publish, read, playback, api, metrics, pprof. */
    action: z.string().max(40),
    path: asked(300),
    protocol: asked(40),
    id: asked(100),
    query: asked(4000),
  }),
  answer: z.object({}),
  status: 200,
  permission: 'anyone',
  secret: true,
});

export const CheckMediaTicket = defineRoute({
  name: 'street.media.check',
  summary:
    'The same for a reverse proxy before a media server that asks nobody (go2rtc behind nginx’ `auth_request`): whether a ticket opens a stream of this server. 401 otherwise.',
  method: 'GET',
  path: '/api/street/public/media/:city/:server/auth',
  params: ByServer,
  query: z.object({ secret: Secret, stream: z.string().max(300), ticket: Ticket }),
  answer: z.object({}),
  permission: 'anyone',
});
