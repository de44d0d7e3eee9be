import { Controller, StreamableFile } from '@nestjs/common';
import { Fault, GetCameraStill, ViewCamera, type AnswerOf, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Things } from '../../register/things.store.ts';
import { cameraKind, type CameraDocument } from '../camera-kind.ts';
import { CameraProbe } from '../probe/camera-probe.ts';
import { reasons, Unseen } from '../probe/unseen.ts';
import { Seal } from '../seal.ts';
import { Watermark } from '../watermark.ts';

/** Each renewal is in the trail: as long as somebody looks, not every second of it. */
const TICKET_MS = 5 * 60_000;

/** Who looks at one camera together asks it once. */
const SHARED_MS = 1000;

/** Watching a camera: asked for, written down, and good for a few minutes. */
@Controller()
export class ViewController {
  readonly #stills = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly things: Things,
    private readonly probe: CameraProbe,
    private readonly seal: Seal,
    private readonly watermark: Watermark,
  ) {}

  @Route(ViewCamera)
  async view(
    { params: { cameraId } }: InputOf<typeof ViewCamera>,
    _request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<AnswerOf<typeof ViewCamera>> {
    const { snapshotUrl, playbackUrl } = await this.#camera(cameraId);
    const nowMs = Date.now();
    const untilMs = nowMs + TICKET_MS;
    const ticket = this.seal.seal(String(untilMs), boundTo(cameraId));
    void reply.header('cache-control', 'no-store');
    const still = snapshotUrl === undefined ? undefined : `/api/street/cameras/${cameraId}/still?ticket=${ticket}`;
    return { cameraId, ticket, untilMs, watermark: this.watermark.of(nowMs), still, playbackUrl };
  }

  @Route(GetCameraStill)
  async still({ params, query }: InputOf<typeof GetCameraStill>, _request: FastifyRequest, reply: FastifyReply) {
    const camera = await this.#camera(params.cameraId);
    const untilMs = Number(this.seal.open(query.ticket, boundTo(camera._id)) ?? 0);
    if (Date.now() > untilMs)
      throw new Fault('forbidden', 'izin melihat sudah habis: buka kameranya lagi · open the camera again');
    const picture = await this.#shared(camera);
    void reply.header('cache-control', 'no-store');
    return new StreamableFile(picture, { type: 'image/jpeg' });
  }

  async #camera(cameraId: string): Promise<CameraDocument & { _id: string }> {
    return (await this.things.seen(cameraKind, cameraId)) as unknown as CameraDocument & { _id: string };
  }

  async #shared(camera: CameraDocument & { _id: string }): Promise<Buffer> {
    const key = `${currentContext().city}/${camera._id}`;
    const asked = this.#stills.get(key) ?? this.probe.still(camera);
    if (!this.#stills.has(key)) {
      this.#stills.set(key, asked);
      const forget = () => setTimeout(() => this.#stills.delete(key), SHARED_MS).unref();
      void asked.then(forget, forget);
    }
    try {
      return await asked;
    } catch (error) {
      if (error instanceof Unseen) throw new Fault('unavailable', reasons[error.reason].words, { cause: error });
      throw error;
    }
  }
}

/** A ticket is the caller's own, for one camera. */
function boundTo(cameraId: string): string {
  const { city, principal } = currentContext();
  return JSON.stringify(['view', city, cameraId, principal.id]);
}
