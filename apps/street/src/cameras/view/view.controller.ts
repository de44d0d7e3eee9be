import { Controller, StreamableFile } from '@nestjs/common';
import { Fault, GetCameraStill, ViewCamera, type AnswerOf, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Things } from '../../register/things.store.ts';
import { cameraKind, type CameraDocument } from '../camera-kind.ts';
import { Views } from '../media/views.ts';
import { Watermark } from '../watermark.ts';
import { SharedStills } from './shared-stills.ts';

/** Watching a camera: asked for, written down, and good for a few minutes. */
@Controller()
export class ViewController {
  constructor(
    private readonly things: Things,
    private readonly shared: SharedStills,
    private readonly views: Views,
    private readonly watermark: Watermark,
  ) {}

  @Route(ViewCamera)
  async view(
    { params: { cameraId } }: InputOf<typeof ViewCamera>,
    _request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<AnswerOf<typeof ViewCamera>> {
    const { snapshotUrl, playbackUrl, mediaStream } = await this.#camera(cameraId);
    const nowMs = Date.now();
    const { ticket, untilMs, live } = this.views.open({ cameraId, mediaStream }, nowMs);
    void reply.header('cache-control', 'no-store');
    const still = snapshotUrl === undefined ? undefined : `/api/street/cameras/${cameraId}/still?ticket=${ticket}`;
    return { cameraId, ticket, untilMs, watermark: this.watermark.of(nowMs), still, live, playbackUrl };
  }

  @Route(GetCameraStill)
  async still({ params, query }: InputOf<typeof GetCameraStill>, _request: FastifyRequest, reply: FastifyReply) {
    const camera = await this.#camera(params.cameraId);
    if (!this.views.isTheirs(query.ticket, camera._id))
      throw new Fault('forbidden', 'izin melihat sudah habis: buka kameranya lagi · open the camera again');
    const picture = await this.shared.of(camera);
    void reply.header('cache-control', 'no-store');
    return new StreamableFile(picture, { type: 'image/jpeg' });
  }

  async #camera(cameraId: string): Promise<CameraDocument & { _id: string }> {
    return (await this.things.seen(cameraKind, cameraId)) as unknown as CameraDocument & { _id: string };
  }
}
