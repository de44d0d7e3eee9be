import type { LivePicture } from '@siaga/contracts';
import { z } from 'zod';
import type { MediaServer } from './media-servers.ts';
import type { StreamSeen } from './stream-seen.ts';

/**
 * `GET /api/streams` (go2rtc internal/streams/stream.go, producer.go, pkg/core/connection.go), as far as it is read: by
 * name, who brings the picture and who watches it; null when it was busy at that moment. A producer without a connection
 * has its `url` only. That holds the camera's password, so it is not even read.
 */
export const StreamTable = z.record(
  z.string(),
  z
    .object({
      producers: z
        .array(
          z.object({
            id: z.number().optional(),
            remote_addr: z.string().optional(),
            bytes_recv: z.number().optional(),
            // before 1.9
            type: z.string().optional(),
            recv: z.number().optional(),
          }),
        )
        .nullable()
        .default([]),
      consumers: z.array(z.unknown()).nullable().default([]),
    })
    .nullable(),
);
export type StreamTable = z.infer<typeof StreamTable>;

/** Every source of go2rtc begins when somebody watches: one that has no connection is away only while somebody waits. */
export function streamsOfGo2rtc(table: StreamTable): StreamSeen[] {
  return Object.entries(table).map(([stream, told]): StreamSeen => {
    if (told === null) return { stream, state: 'unknown', readers: 0 };
    const readers = told.consumers?.length ?? 0;
    const producers = told.producers ?? [];
    const isLive = producers.some(({ bytes_recv: bytes, recv }) => (bytes ?? recv ?? 0) > 0);
    const isThere = isLive || (readers === 0 && producers.length > 0);
    return { stream, state: isLive ? 'live' : isThere ? 'idle' : 'offline', readers };
  });
}

/** Where a browser finds a stream (api/openapi.yaml): WHEP, MJPEG and HLS. It asks nobody: what stands before it must. */
export function livePicturesOfGo2rtc({ live }: MediaServer, stream: string, ticket: string): LivePicture[] {
  const query = `?src=${encodeURIComponent(stream)}&ticket=${ticket}`;
  return [
    { as: 'webrtc', url: `${live}/api/webrtc${query}` },
    { as: 'hls', url: `${live}/api/stream.m3u8${query}` },
    { as: 'mjpeg', url: `${live}/api/stream.mjpeg${query}` },
  ];
}
