import { Readable } from 'node:stream';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import {
  belongsTo,
  CLIP_AROUND_MS,
  EraseClip,
  Fault,
  GetClipFile,
  KeepClip,
  ListClips,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, numberOfPress, Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { agenciesSeen, isMine } from '../../register/owners.ts';
import { Things } from '../../register/things.store.ts';
import { cameraKind, type CameraDocument } from '../camera-kind.ts';
import { MEDIA_SERVERS, partsOf, serverNamed, type MediaServer } from '../media/media-servers.ts';
import { rangeIn, type ByteRange } from './byte-range.ts';
import { unrecorded } from './clip-trouble.ts';
import { clipOf, type StoredClip } from './clip-document.ts';
import { ClipsStore } from './clips.store.ts';

const DAY_MS = 86_400_000;

/** Recordings of cameras that are kept for what happened, before media servers write over them. */
@Controller()
export class ClipsController {
  constructor(
    private readonly things: Things,
    private readonly clips: ClipsStore,
    @Inject(MEDIA_SERVERS) private readonly servers: readonly MediaServer[],
  ) {}

  @Route(KeepClip)
  async keep({ params: { cameraId }, body }: InputOf<typeof KeepClip>) {
    const camera = (await this.things.seen(cameraKind, cameraId)) as unknown as CameraDocument & { _id: string };
    const mediaStream = this.#recordedAs(camera.mediaStream);
    const askedAtMs = Date.now();
    const { about, purpose, keepDays, atMs = askedAtMs } = body;
    if (atMs > askedAtMs)
      throw new Fault('invalid', 'saat itu belum tiba · that moment has not come yet', {
        issues: [{ at: 'atMs', message: 'belum tiba · has not come yet' }],
      });
    const clip = await this.clips.make({
      ...{ _id: numberOfPress('KLIP'), cameraId, cameraName: camera.name, owner: camera.owner, about, purpose },
      ...{ fromMs: Math.max(0, atMs - CLIP_AROUND_MS), toMs: atMs + CLIP_AROUND_MS, status: 'asked', askedAtMs },
      ...{ askedBy: currentContext().principal.id, keptUntilMs: askedAtMs + keepDays * DAY_MS, mediaStream, tries: 0 },
      exercise: camera.exercise,
    });
    return clipOf(clip);
  }

  @Route(ListClips)
  async list({ query: { limit, after, cameraId, about } }: InputOf<typeof ListClips>) {
    const wanted = { owners: agenciesSeen(cameraKind), cameraId, about };
    const { items, next } = await this.clips.page(wanted, { limit, after });
    return { items: items.map(clipOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetClipFile)
  async file({ params }: InputOf<typeof GetClipFile>, { headers }: FastifyRequest, reply: FastifyReply) {
    const { _id, status, problem, sha256, bytes = 0 } = await this.#seen(params.clipId);
    if (sha256 === undefined)
      throw new Fault('conflict', problem ?? `rekaman ${_id} belum selesai disalin (${status}) · not kept yet`);
    void reply.headers({
      ...{ 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'", 'accept-ranges': 'bytes' },
      ...{ 'content-type': 'video/mp4', 'content-disposition': `attachment; filename="${_id}.mp4"` },
    });
    // players look for a moment in it
    const range = rangeIn(headers.range, bytes);
    const recording = await this.clips.recording(sha256, range);
    return range === undefined ? new StreamableFile(recording, { length: bytes }) : partOf(recording, range, bytes);
  }

  @Route(EraseClip)
  async erase({ params }: InputOf<typeof EraseClip>) {
    const clip = await this.#seen(params.clipId);
    if (!isMine(clip.owner)) throw unknown(params.clipId);
    await this.clips.erase(clip);
    return {};
  }

  #recordedAs(mediaStream: string | undefined): string {
    if (mediaStream === undefined)
      throw new Fault('conflict', 'kamera ini tidak menyebut aliran media · this camera names no media stream');
    const { server: name } = partsOf(mediaStream);
    if (serverNamed({ city: currentContext().city, name }, this.servers)?.playback === undefined)
      throw new Fault('conflict', unrecorded);
    return mediaStream;
  }

  /** What is not there and what is another agency's are answered alike. */
  async #seen(clipId: string): Promise<StoredClip> {
    const clip = await this.clips.find(clipId);
    if (clip === undefined || !belongsTo(currentContext().principal, [clip.owner, 'command'])) throw unknown(clipId);
    return clip;
  }
}

/** What is answered in place of the whole: a status that Nest would not let a handler choose. */
function partOf(recording: Readable, { first, last }: ByteRange, bytes: number): Response {
  const headers = {
    'content-range': `bytes ${String(first)}-${String(last)}/${String(bytes)}`,
    'content-length': String(last - first + 1),
  };
  return new Response(Readable.toWeb(recording) as ReadableStream, { status: 206, headers });
}

const unknown = (clipId: string) =>
  new Fault('not-found', `rekaman ${clipId} tidak ada, atau bukan milik OPD Anda · unknown, or not your agency’s`);
