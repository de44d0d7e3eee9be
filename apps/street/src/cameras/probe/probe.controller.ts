import { Controller } from '@nestjs/common';
import { Fault, TestCamera, type AnswerOf, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Things } from '../../register/things.store.ts';
import { cameraKind, type CameraDocument } from '../camera-kind.ts';
import { CameraWatch } from '../watch/camera-watch.ts';
import { Watermark } from '../watermark.ts';
import { CameraProbe, type Finding } from './camera-probe.ts';
import { reasons } from './unseen.ts';

/** People who wait for an answer at a time; each look holds two connections and two pictures. */
const MOST = 16;

/** *Uji*: what a camera shows now, or why nothing. */
@Controller()
export class ProbeController {
  readonly #underWay = new Set<string>();

  constructor(
    private readonly things: Things,
    private readonly probe: CameraProbe,
    private readonly watermark: Watermark,
    private readonly watch: CameraWatch,
  ) {}

  @Route(TestCamera)
  async test(
    { params: { cameraId } }: InputOf<typeof TestCamera>,
    _request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<AnswerOf<typeof TestCamera>> {
    const camera = (await this.things.seen(cameraKind, cameraId)) as unknown as CameraDocument & { _id: string };
    const finding = await this.#alone(cameraId, () => this.probe.look(camera, 'picture'));
    await this.watch.conclude(cameraId, finding);
    void reply.header('cache-control', 'no-store');
    return { cameraId, ...answerOf(finding), watermark: this.watermark.of(finding.atMs) };
  }

  /** One look at a camera at a time: cameras bear few connections. */
  async #alone(cameraId: string, look: () => Promise<Finding>): Promise<Finding> {
    const key = `${currentContext().city}/${cameraId}`;
    if (this.#underWay.has(key))
      throw new Fault('conflict', 'kamera ini sedang diuji, tunggu sebentar · it is being looked at, wait a moment');
    if (this.#underWay.size >= MOST)
      throw new Fault('unavailable', 'terlalu banyak kamera diuji sekaligus · too many cameras are being looked at');
    this.#underWay.add(key);
    try {
      return await look();
    } finally {
      this.#underWay.delete(key);
    }
  }
}

function answerOf({ atMs, health, reason, detail, judged, stream, still }: Finding) {
  const picture = still && { contentType: 'image/jpeg' as const, base64: still.toString('base64') };
  return { atMs, health, reason, words: reasons[reason].words, detail, judged, stream, still: picture };
}
