import { createHash, timingSafeEqual } from 'node:crypto';
import { MediaServerKind } from '@siaga/contracts';
import { z } from 'zod';

/** A program between one city's cameras and its browsers, as the installation names it. */
export interface MediaServer {
  /** Kemendagri code of the one city whose it is. */
  readonly city: string;
  /** `pusat`: what the city's cameras call it. */
  readonly name: string;
  readonly kind: MediaServerKind;
  /** What it, or the proxy before it, shows when it asks us: nobody else has it. */
  readonly secret: string;
  /** Where we ask it: `http://10.20.0.4:9997`. */
  readonly api: string;
  /** Where browsers find its pictures: a path of our own address (`/media/pusat`), or an address of its own. */
  readonly live: string;
  /** The same for HLS, where that is another door (mediamtx: port 8888, not 8889). */
  readonly hls?: string | undefined;
  /** Where we ask for what it recorded: `http://10.20.0.4:9996`; mediamtx only, absent: it records nothing. */
  readonly playback?: string | undefined;
}

/** Also said of what is missing. */
const word = (form: RegExp, error: string) => z.string({ error }).regex(form, error);
const address = (error: string) =>
  z.url({ protocol: /^https?$/, error }).transform((given) => given.replace(/\/$/, ''));
const live = word(
  /^(?:https?:\/\/[^\s/?#]+)?(?:\/[\w.~/-]*)?$/,
  'alamat bagi peramban: /media/pusat atau https://… · where browsers find its pictures',
).transform((given) => given.replace(/\/$/, ''));

const Server = z.object({
  city: word(/^\d{4}$/, 'sebutkan kotanya di depan namanya: 3574/pusat · its city before its name'),
  name: word(/^[a-z][a-z0-9-]{0,19}$/, 'kota/nama server, huruf kecil, angka, -: 3574/pusat · a small name'),
  kind: z.enum(MediaServerKind.options, 'jenisnya go2rtc atau mediamtx · go2rtc or mediamtx'),
  secret: word(
    /^[A-Za-z0-9_-]{20,100}$/,
    'rahasia server: 20 sampai 100 huruf, angka, - atau _, misalnya dari openssl rand -hex 20 · its secret',
  ),
  api: address('alamat API-nya bagi Siaga: http://10.20.0.4:9997 · where we ask it'),
  live,
  hls: live.optional(),
  playback: address('alamat putar ulang mediamtx bagi Siaga: http://10.20.0.4:9996 · its playback').optional(),
});

/**
 * `MEDIA_SERVERS`: servers with `;` between, each its city and name, its kind, its secret, where we ask it, where browsers find
 * its pictures, and for mediamtx where its HLS is, or `-`, and where we ask for recordings: `3574/pusat mediamtx <secret> http://10.20.0.4:9997 /media/pusat /media/pusat-hls http://10.20.0.4:9996`.
 */
export const MediaServers = z
  .string()
  .superRefine((text, context) => {
    for (const old of text.split(';').flatMap(asWrittenBefore)) context.addIssue({ code: 'custom', message: old });
  })
  .transform((text) => text.split(';').map((one) => fieldsOf(one.trim().split(/\s+/))))
  .pipe(z.array(Server))
  .refine(
    (all) => isOnce(all.map(({ city, name }) => `${city}/${name}`)),
    'tiap nama sekali di satu kota · each name once',
  )
  // what one city's server has is not told another city
  .refine(
    (all) => isOnce(all.map(({ api }) => api)),
    'tiap server milik satu kota: alamat API yang sama disebut dua kali · each server is one city’s',
  );

/** Until servers were one city's, with a secret of their own, they were written without either. */
const writtenBefore = /^([a-z][a-z0-9-]{0,19}) +(go2rtc|mediamtx) +(https?:\S+ +\S.*)$/;

/** What to write now in place of a server as it was written before; nothing for what is not. */
function asWrittenBefore(text: string): string[] {
  const [, name = '', kind = '', addresses = ''] = writtenBefore.exec(text.trim()) ?? [];
  if (name === '') return [];
  const now = `<kode kota, misalnya 3574>/${name} ${kind} <rahasia dari: openssl rand -hex 20> ${addresses}`;
  return [
    `ditulis dengan cara lama, tanpa kota dan rahasia. Tulis: ${now} (docs/operations.md, "Upgrading") · written as before, without its city and secret: write that instead`,
  ];
}

/** What is missing, or is no such thing, is for the shape to say. */
function fieldsOf([called = '', kind, secret, api, shown, hls = '-', ...rest]: readonly string[]) {
  const [city, name] = called.split('/');
  const more = { ...(hls === '-' ? {} : { hls }), ...(rest.length === 0 ? {} : { playback: rest.join(' ') }) };
  return { city, name, kind, secret, api, live: shown, ...more } as z.input<typeof Server>;
}

const isOnce = (all: readonly string[]) => new Set(all).size === all.length;

/** The servers of this installation, of all its cities. */
export const MEDIA_SERVERS = Symbol('siaga:media-servers');

/** Those of one city. */
export const serversOf = (city: string, servers: readonly MediaServer[]): MediaServer[] =>
  servers.filter((server) => server.city === city);

/** The one that a city's cameras call so. */
export const serverNamed = (
  { city, name }: { city: string; name: string },
  servers: readonly MediaServer[],
): MediaServer | undefined => serversOf(city, servers).find((server) => server.name === name);

/** The one that asks, by its name and its secret; undefined for anybody else. Takes as long for all who are not it. */
export function serverThatAsks(
  { city, server, secret }: { city: string; server: string; secret: string },
  servers: readonly MediaServer[],
): MediaServer | undefined {
  const found = serverNamed({ city, name: server }, servers);
  const isIt = timingSafeEqual(digestOf(secret), digestOf(found?.secret ?? ''));
  return isIt ? found : undefined;
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();

/** `pusat/kota/CCTV-007` as server `pusat` and stream `kota/CCTV-007`. */
export function partsOf(mediaStream: string): { server: string; stream: string } {
  const slash = mediaStream.indexOf('/');
  return { server: mediaStream.slice(0, slash), stream: mediaStream.slice(slash + 1) };
}

/** The other way round. */
export const streamAt = ({ name }: MediaServer, stream: string): string => `${name}/${stream}`;

/** Why a camera of a city cannot name a stream, in words; undefined when it can. */
export function refusalOfStream(
  mediaStream: string,
  city: string,
  servers: readonly MediaServer[],
): string | undefined {
  const names = serversOf(city, servers).map(({ name }) => name);
  const { server } = partsOf(mediaStream);
  if (names.includes(server)) return undefined;
  if (names.length === 0)
    return `kota ini belum punya server media (MEDIA_SERVERS): kosongkan aliran medianya · this city has no media server`;
  return `server media ${server} tidak ada di kota ini. Yang ada: ${names.join(', ')} · no such media server in this city`;
}
