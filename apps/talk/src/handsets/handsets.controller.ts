import { Controller } from '@nestjs/common';
import {
  FindHandset,
  HoldHandset,
  ListHandsets,
  LoseHandset,
  PutHandset,
  RemoveHandset,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { participantOf } from '../voice/voice-link.ts';
import type { StoredHandset } from './handset-document.ts';
import { found, held, lost } from './handset-rules.ts';
import { HandsetsStore } from './handsets.store.ts';

/** The register of radios, who speaks with each, and those that were lost. */
@Controller()
export class HandsetsController {
  constructor(private readonly handsets: HandsetsStore) {}

  @Route(PutHandset)
  async put({ params, body }: InputOf<typeof PutHandset>) {
    return this.#now(await this.handsets.put(params.handsetId, body));
  }

  @Route(RemoveHandset)
  async remove({ params }: InputOf<typeof RemoveHandset>) {
    await this.handsets.remove(params.handsetId);
    return { removed: true as const };
  }

  @Route(ListHandsets)
  list({ query }: InputOf<typeof ListHandsets>) {
    return this.handsets.page(query);
  }

  @Route(HoldHandset)
  async hold({ params: { handsetId }, body: { deviceId, batteryPercent } }: InputOf<typeof HoldHandset>) {
    const { id, sessionId } = currentContext().principal;
    const nowMs = Date.now();
    const holder = { principalId: id, participantId: participantOf(id, deviceId), ...(sessionId && { sessionId }) };
    const handset = await this.handsets.turn(handsetId, (now) => held(now, holder, nowMs));
    await this.handsets.release(holder.participantId, { butFor: handsetId });
    const battery = batteryPercent === undefined ? {} : { battery: { percent: batteryPercent, atMs: nowMs } };
    await this.handsets.heard(new Map([[handsetId, { heardAtMs: nowMs, ...battery }]]));
    return this.#now(handset);
  }

  @Route(LoseHandset)
  async lose({ params, body }: InputOf<typeof LoseHandset>) {
    const deed = { by: currentContext().principal.id, atMs: Date.now(), reason: body.reason };
    return this.#now(await this.handsets.turn(params.handsetId, (handset) => lost(handset, deed)));
  }

  @Route(FindHandset)
  async find({ params }: InputOf<typeof FindHandset>) {
    return this.#now(await this.handsets.turn(params.handsetId, found));
  }

  async #now(handset: StoredHandset) {
    const [now] = await this.handsets.withSigns([handset]);
    return now;
  }
}
