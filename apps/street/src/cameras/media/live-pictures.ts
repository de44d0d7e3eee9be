import type { LivePicture } from '@siaga/contracts';
import { livePicturesOfGo2rtc } from './go2rtc.ts';
import { partsOf, type MediaServer } from './media-servers.ts';
import { livePicturesOfMediamtx } from './mediamtx.ts';

/** Where a camera's moving picture is, best first; undefined when it names no stream of a server of its city, whose are given. */
export function livePicturesOf(
  mediaStream: string | undefined,
  servers: readonly MediaServer[],
  ticket: string,
): LivePicture[] | undefined {
  if (mediaStream === undefined) return undefined;
  const { server, stream } = partsOf(mediaStream);
  const found = servers.find(({ name }) => name === server);
  if (found === undefined) return undefined;
  const picturesOf = found.kind === 'go2rtc' ? livePicturesOfGo2rtc : livePicturesOfMediamtx;
  return picturesOf(found, stream, ticket);
}
