import type { LivePicture } from '@siaga/contracts';
import { z } from 'zod';
import type { MediaServer } from './media-servers.ts';
import type { StreamSeen } from './stream-seen.ts';

/**
 * A page of `GET /v3/paths/list` (mediamtx internal/defs/api_path.go), as far as it is read. `online` and `available` came
 * after `ready`: a path may be available by a filler while its source is away, so what is online counts first.
 */
export const PathList = z.object({
  pageCount: z.number().int().min(0).default(1),
  items: z.array(
    z.object({
      name: z.string(),
      confName: z.string().default(''),
      ready: z.boolean().default(false),
      online: z.boolean().optional(),
      readers: z.array(z.unknown()).nullable().default([]),
    }),
  ),
});
export type PathList = z.infer<typeof PathList>;

/** A page of `GET /v3/config/paths/list` (internal/api/api_config_paths.go): which sources begin when somebody watches. */
export const PathConfigList = z.object({
  pageCount: z.number().int().min(0).default(1),
  items: z.array(
    z.object({
      name: z.string(),
      source: z.string().default(''),
      sourceOnDemand: z.boolean().default(false),
      runOnDemand: z.string().default(''),
    }),
  ),
});
export type PathConfigList = z.infer<typeof PathConfigList>;

type Path = PathList['items'][number];
type Config = PathConfigList['items'][number];

/** Names that are patterns for many (`~^live/`, `all`) are no streams of their own. */
const isPattern = (name: string) => name.startsWith('~') || name === 'all' || name === 'all_others';

const startsOnDemand = (config: Config | undefined) =>
  config !== undefined && (config.sourceOnDemand || config.runOnDemand !== '');

/** Its streams: paths that are there, and those of its configuration that are not begun. */
export function streamsOfMediamtx(paths: readonly Path[], configs: readonly Config[]): StreamSeen[] {
  const byName = new Map(configs.map((config) => [config.name, config]));
  const seen = paths.map((path): StreamSeen => {
    const readers = path.readers?.length ?? 0;
    if (path.online ?? path.ready) return { stream: path.name, state: 'live', readers };
    const isIdle = readers === 0 && startsOnDemand(byName.get(path.confName) ?? byName.get(path.name));
    return { stream: path.name, state: isIdle ? 'idle' : 'offline', readers };
  });
  const known = new Set(paths.map(({ name }) => name));
  const rest = configs.filter(({ name }) => !known.has(name) && !isPattern(name));
  return [
    ...seen,
    ...rest.map((config): StreamSeen => ({
      stream: config.name,
      state: startsOnDemand(config) ? 'idle' : 'offline',
      readers: 0,
    })),
  ];
}

/**
 * Where a browser finds a path: WHEP at `/<path>/whep` of the WebRTC door, HLS at `/<path>/index.m3u8` of the HLS door
 * (docs/4-read/07-web-browsers.md). The query goes on to whoever is asked for permission.
 */
export function livePicturesOfMediamtx({ live, hls }: MediaServer, stream: string, ticket: string): LivePicture[] {
  const query = `?ticket=${ticket}`;
  return [
    { as: 'webrtc', url: `${live}/${stream}/whep${query}` },
    ...(hls === undefined ? [] : [{ as: 'hls' as const, url: `${hls}/${stream}/index.m3u8${query}` }]),
  ];
}

/**
 * Where a path's recording of a time is (docs/2-features/14-playback.md): one MP4 of what was recorded in it, which may
 * begin later or end earlier.
 */
export function recordingAt(
  playback: string,
  stream: string,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): string {
  const start = new Date(fromMs).toISOString();
  const query = new URLSearchParams({ path: stream, start, duration: String((toMs - fromMs) / 1000), format: 'mp4' });
  return `${playback}/get?${query.toString()}`;
}
