import { MediaServerKind } from '@siaga/contracts';
import { z } from 'zod';

/** A program between cameras and browsers, as the installation names it. */
export interface MediaServer {
  /** `pusat`: what cameras call it. */
  readonly name: string;
  readonly kind: MediaServerKind;
  /** Where we ask it: `http://10.20.0.4:9997`. */
  readonly api: string;
  /** Where browsers find its pictures: a path of our own address (`/media/pusat`), or an address of its own. */
  readonly live: string;
  /** The same for HLS, where that is another door (mediamtx: port 8888, not 8889). */
  readonly hls?: string | undefined;
}

const name = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'nama server: huruf kecil, angka, - · a small name like pusat');
const api = z.url({ protocol: /^https?$/ }).transform((given) => given.replace(/\/$/, ''));
const live = z
  .string()
  .regex(/^(?:https?:\/\/[^\s/?#]+)?(?:\/[\w.~/-]*)?$/, 'alamat bagi peramban: /media/pusat atau https://…')
  .transform((given) => given.replace(/\/$/, ''));

/**
 * `MEDIA_SERVERS`: servers with `;` between, each its name, its kind, where we ask it, where browsers find its pictures, and
 * for mediamtx where its HLS is: `pusat mediamtx http://10.20.0.4:9997 /media/pusat /media/pusat-hls`.
 */
export const MediaServers = z
  .string()
  .transform((text) => text.split(';').map((one) => one.trim().split(/\s+/)))
  .pipe(
    z.array(
      z
        .union([z.tuple([name, MediaServerKind, api, live]), z.tuple([name, MediaServerKind, api, live, live])])
        .transform(([of, kind, asked, shown, hls]): MediaServer => ({ name: of, kind, api: asked, live: shown, hls })),
    ),
  )
  .refine((servers) => new Set(servers.map((one) => one.name)).size === servers.length, 'each name once');

/** The servers of this installation. */
export const MEDIA_SERVERS = Symbol('siaga:media-servers');

/** `pusat/kota/CCTV-007` as server `pusat` and stream `kota/CCTV-007`. */
export function partsOf(mediaStream: string): { server: string; stream: string } {
  const slash = mediaStream.indexOf('/');
  return { server: mediaStream.slice(0, slash), stream: mediaStream.slice(slash + 1) };
}
