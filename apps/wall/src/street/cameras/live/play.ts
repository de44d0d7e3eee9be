import type { LivePicture } from '@siaga/contracts';
import { framesOf } from './mjpeg-frames.ts';
import { LiveTrouble } from './live-trouble.ts';
import { askMedia, openWhep } from './whep.ts';

/** Where moving pictures are drawn. */
export interface LiveScreen {
  video: HTMLVideoElement;
  image: HTMLImageElement;
}

interface Playing {
  screen: LiveScreen;
  /** A new frame was drawn. */
  framed: () => void;
  signal: AbortSignal;
}

/** The ways we can show a moving picture. HLS is none: most browsers need a player for it, and it is seconds late. */
export type LiveWay = Exclude<LivePicture['as'], 'hls'>;

/** Shows a moving picture until it ends, which throws: {@link LiveTrouble}, or the signal's reason. */
export const plays: Readonly<Record<LiveWay, (url: string, playing: Playing) => Promise<never>>> = {
  webrtc: playWebRtc,
  mjpeg: playMjpeg,
};

async function playWebRtc(url: string, { screen: { video }, framed, signal }: Playing): Promise<never> {
  const peer = await openWhep(url, signal);
  video.srcObject = new MediaStream(peer.getReceivers().map(({ track }) => track));
  const next = () => {
    if (signal.aborted) return;
    framed();
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
  try {
    return await new Promise<never>((_, reject) => {
      peer.addEventListener('connectionstatechange', () => {
        if (peer.connectionState === 'failed' || peer.connectionState === 'closed')
          reject(new LiveTrouble('broken-off'));
      });
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      // no element plays before it has something: what fails is told by frames that do not come
      video.play().catch(() => undefined);
    });
  } finally {
    peer.close();
    video.srcObject = null;
  }
}

async function playMjpeg(url: string, { screen: { image }, framed, signal }: Playing): Promise<never> {
  const { body, headers } = await askMedia(url, signal);
  if (body === null || !(headers.get('content-type') ?? '').startsWith('multipart/')) {
    await body?.cancel();
    throw new LiveTrouble('not-there');
  }
  let shown: string | undefined;
  try {
    for await (const frame of framesOf(chunksOf(body))) {
      const before = shown;
      shown = URL.createObjectURL(new Blob([frame], { type: 'image/jpeg' }));
      image.src = shown;
      try {
        await image.decode();
      } finally {
        if (before !== undefined) URL.revokeObjectURL(before);
      }
      framed();
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new LiveTrouble('broken-off', { cause });
  } finally {
    image.removeAttribute('src');
    if (shown !== undefined) URL.revokeObjectURL(shown);
  }
  throw new LiveTrouble('broken-off');
}

/** A stream of the network is no async iterable in every browser. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}
