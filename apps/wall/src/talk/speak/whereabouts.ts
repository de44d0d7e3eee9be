import type { Place } from '@siaga/contracts';
import { phonePosition, type Fix } from '../../field/phone-position.ts';

/** Where somebody was longer ago than this, he may not be any more, ms. */
const FRESH_MS = 120_000;

/** Where this phone is while it is a radio: by what it knows anyway, and only where somebody has allowed it before. */
export class Whereabouts {
  #fix: Fix | undefined;
  #end: (() => void) | undefined;
  #isClosed = false;

  constructor() {
    void this.#begin();
  }

  /** Undefined: not known, or not of now. */
  get place(): Place | undefined {
    if (this.#fix === undefined || Date.now() - this.#fix.atMs > FRESH_MS) return undefined;
    const { lat, lng } = this.#fix;
    return { lat, lng };
  }

  close(): void {
    this.#isClosed = true;
    this.#end?.();
  }

  /** Nobody is asked for it while he wants to talk. */
  async #begin(): Promise<void> {
    const answer = await navigator.permissions.query({ name: 'geolocation' }).catch(() => undefined);
    if (answer?.state !== 'granted' || this.#isClosed) return;
    this.#end = phonePosition.watch({
      need: 'rough',
      heard: (fix) => {
        this.#fix = fix;
      },
    });
  }
}
