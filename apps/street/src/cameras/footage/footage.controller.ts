import { Controller } from '@nestjs/common';
import {
  ApproveFootage,
  belongsTo,
  Fault,
  GetFootage,
  HandOverFootage,
  ListFootage,
  playbackAt,
  RefuseFootage,
  RequestFootage,
  type FootageRequest,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, numberOfPress, Route } from '@siaga/service';
import { agenciesSeen, isMine } from '../../register/owners.ts';
import { Things } from '../../register/things.store.ts';
import { cameraKind, type CameraDocument } from '../camera-kind.ts';
import { footageOf, type Footage, type StoredFootage } from './footage-document.ts';
import { decided, handedOver, type Actor } from './footage-rules.ts';
import { FootageStore } from './footage.store.ts';

const DAY_MS = 86_400_000;

/** Who asked by letter for what cameras recorded, who decided, and what left. */
@Controller()
export class FootageController {
  constructor(
    private readonly things: Things,
    private readonly requests: FootageStore,
  ) {}

  @Route(RequestFootage)
  async ask({ body: { keepDays, ...asked } }: InputOf<typeof RequestFootage>) {
    const cameras = await this.#cameras([...new Set(asked.cameraIds)]);
    const [first] = cameras;
    if (first === undefined) throw new Fault('invalid', 'pilih kamera · choose a camera');
    if (cameras.some(({ owner }) => owner !== first.owner))
      throw new Fault('invalid', 'kamera satu OPD saja: buat permintaan per OPD · cameras of one agency only');
    const nowMs = Date.now();
    const document: Footage & { _id: string } = {
      ...{ ...asked, _id: numberOfPress('REK'), cameraIds: cameras.map(({ _id }) => _id), owner: first.owner },
      ...{ status: 'requested', askedBy: currentContext().principal.id, askedAtMs: nowMs },
      ...{ keptUntilMs: nowMs + keepDays * DAY_MS, exercise: cameras.some(({ exercise }) => exercise) },
    };
    return footageOf(await this.requests.make(document));
  }

  @Route(ListFootage)
  async list({ query }: InputOf<typeof ListFootage>) {
    const { items, next } = await this.requests.page(agenciesSeen(cameraKind), query);
    return { items: items.map((item) => footageOf(item)), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetFootage)
  async get({ params }: InputOf<typeof GetFootage>) {
    return this.#shown(await this.#seen(params.footageId));
  }

  @Route(ApproveFootage)
  approve({ params, body }: InputOf<typeof ApproveFootage>) {
    return this.#step(params.footageId, (request, actor) => decided(request, actor, { status: 'approved', ...body }));
  }

  @Route(RefuseFootage)
  refuse({ params, body }: InputOf<typeof RefuseFootage>) {
    return this.#step(params.footageId, (request, actor) => decided(request, actor, { status: 'refused', ...body }));
  }

  @Route(HandOverFootage)
  handOver({ params, body }: InputOf<typeof HandOverFootage>) {
    return this.#step(params.footageId, (request, actor) => handedOver(request, actor, body));
  }

  /** Each step is the owner's: the room may ask, and not decide. */
  async #step(
    footageId: string,
    rule: (request: StoredFootage, actor: Actor) => Partial<Footage>,
  ): Promise<FootageRequest> {
    const request = await this.#seen(footageId);
    if (!isMine(request.owner))
      throw new Fault('forbidden', `diputuskan OPD pemilik kameranya · decided by the cameras’ agency`);
    const actor = { by: currentContext().principal.id, nowMs: Date.now() };
    return this.#shown(await this.requests.step(request, rule(request, actor)));
  }

  /** With where its recordings are, once it is approved, for who hands them over. */
  async #shown(request: StoredFootage): Promise<FootageRequest> {
    const isOut = request.status === 'approved' || request.status === 'handed-over';
    if (!isOut || !isMine(request.owner)) return footageOf(request);
    const known = await this.things.known(cameraKind, request.cameraIds);
    const playback = [...known.values()].flatMap((camera) => {
      const { _id, playbackUrl } = camera as unknown as CameraDocument & { _id: string };
      return playbackUrl === undefined ? [] : [{ cameraId: _id, url: playbackAt(playbackUrl, request) }];
    });
    return footageOf(request, playback);
  }

  async #cameras(ids: readonly string[]): Promise<(CameraDocument & { _id: string })[]> {
    const found = await Promise.all(ids.map((id) => this.things.seen(cameraKind, id)));
    return found as unknown as (CameraDocument & { _id: string })[];
  }

  /** What is not there and what is another agency's are answered alike. */
  async #seen(footageId: string): Promise<StoredFootage> {
    const found = await this.requests.find(footageId);
    if (found === undefined || !belongsTo(currentContext().principal, [found.owner, 'command']))
      throw new Fault(
        'not-found',
        `permintaan ${footageId} tidak ada, atau bukan milik OPD Anda · unknown, or not yours`,
      );
    return found;
  }
}
