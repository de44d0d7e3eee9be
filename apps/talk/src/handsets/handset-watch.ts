import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { createLogger, serviceContext, withContext } from '@siaga/service';
import { Airs } from '../voice/airs.ts';
import type { HandsetSign } from './handset-document.ts';
import { HandsetsOnAir } from './handsets-on-air.ts';
import { HandsetsStore } from './handsets.store.ts';

const log = createLogger('handsets');

/** When a radio was heard last, and how well, is known to a quarter of a minute: one write for all of them. */
const EVERY_MS = 15_000;

/** Writes down which radios are on the line. */
@Injectable()
export class HandsetWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly airs: Airs,
    private readonly onAir: HandsetsOnAir,
    private readonly handsets: HandsetsStore,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#write(), EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #write(): Promise<void> {
    const nowMs = Date.now();
    for (const [city, { links }] of this.airs.all()) {
      const heard = links.flatMap(({ participantId, silentMs, voice }): [string, HandsetSign][] => {
        const handset = this.onAir.by(city, participantId);
        return handset === undefined ? [] : [[handset.handsetId, { heardAtMs: Math.round(nowMs - silentMs), voice }]];
      });
      await withContext(serviceContext(city), () => this.handsets.heard(new Map(heard))).catch((error: unknown) => {
        log.warn({ err: error }, 'which radios were heard was not written; the next one writes it');
      });
    }
  }
}
