import { Controller, StreamableFile } from '@nestjs/common';
import {
  belongsTo,
  EraseStill,
  Fault,
  GetStillPicture,
  isPlaybackTemplate,
  KeepStill,
  ListStills,
  playbackAt,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, numberOfPress, Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { agenciesSeen, isMine } from '../../register/owners.ts';
import { Things } from '../../register/things.store.ts';
import { cameraKind, type CameraDocument } from '../camera-kind.ts';
import { SharedStills } from '../view/shared-stills.ts';
import { Watermark } from '../watermark.ts';
import { commented } from './jpeg-comment.ts';
import { stillOf, type StoredStill } from './still-document.ts';
import { StillsStore } from './stills.store.ts';

const DAY_MS = 86_400_000;
/** Recordings so long before and after belong to what happened. */
const AROUND_MS = 5 * 60_000;

/** Pictures of cameras that are kept for what happened, before recorders write over them. */
@Controller()
export class StillsController {
  constructor(
    private readonly things: Things,
    private readonly shared: SharedStills,
    private readonly stills: StillsStore,
    private readonly watermark: Watermark,
  ) {}

  @Route(KeepStill)
  async keep({ params: { cameraId }, body: { about, purpose, keepDays } }: InputOf<typeof KeepStill>) {
    const camera = (await this.things.seen(cameraKind, cameraId)) as unknown as CameraDocument & { _id: string };
    const jpeg = await this.shared.of(camera);
    const takenAtMs = Date.now();
    const _id = numberOfPress('FOTO');
    const document = {
      ...{ _id, cameraId, cameraName: camera.name, owner: camera.owner, about, purpose, takenAtMs },
      ...{ takenBy: currentContext().principal.id, keptUntilMs: takenAtMs + keepDays * DAY_MS },
      ...around(camera.playbackUrl, takenAtMs),
      exercise: camera.exercise,
    };
    const marked = commented(jpeg, `Siaga ${_id} · ${cameraId} · ${this.watermark.of(takenAtMs)}`);
    return stillOf(await this.stills.keep(document, marked));
  }

  @Route(ListStills)
  async list({ query: { limit, after, cameraId, about } }: InputOf<typeof ListStills>) {
    const wanted = { owners: agenciesSeen(cameraKind), cameraId, about };
    const { items, next } = await this.stills.page(wanted, { limit, after });
    return { items: items.map(stillOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetStillPicture)
  async picture({ params }: InputOf<typeof GetStillPicture>, _: FastifyRequest, reply: FastifyReply) {
    const still = await this.#seen(params.stillId);
    const jpeg = await this.stills.picture(still);
    void reply.headers({ 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'" });
    // so that a copy that turns up somewhere tells who had it; and no copy is, byte for byte, the one that is kept
    return new StreamableFile(commented(jpeg, this.watermark.of(Date.now())), { type: 'image/jpeg' });
  }

  @Route(EraseStill)
  async erase({ params }: InputOf<typeof EraseStill>) {
    const still = await this.#seen(params.stillId);
    if (!isMine(still.owner)) throw unknown(params.stillId);
    await this.stills.erase(still);
    return {};
  }

  /** What is not there and what is another agency's are answered alike. */
  async #seen(stillId: string): Promise<StoredStill> {
    const still = await this.stills.find(stillId);
    if (still === undefined || !belongsTo(currentContext().principal, [still.owner, 'command'])) throw unknown(stillId);
    return still;
  }
}

/** A recorder that takes no times shows nothing of then. */
function around(playbackUrl: string | undefined, atMs: number): { playbackUrl?: string } {
  if (playbackUrl === undefined || !isPlaybackTemplate(playbackUrl)) return {};
  return { playbackUrl: playbackAt(playbackUrl, { fromMs: atMs - AROUND_MS, toMs: atMs + AROUND_MS }) };
}

const unknown = (stillId: string) =>
  new Fault('not-found', `foto ${stillId} tidak ada, atau bukan milik OPD Anda · unknown, or not your agency’s`);
