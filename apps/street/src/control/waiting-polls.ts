import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';

/** Controllers that wait at once, about as many as a gateway lets wait. */
const MOST_WAITING = 500;
/** Who finds no place comes when those who wait now are done. */
const COME_AGAIN_S = 10;

/** Long polls under way: one of each controller, so that none of them takes the places of others. */
export class WaitingPolls {
  readonly #most: number;
  readonly #byController = new Map<string, AbortController>();
  #waiting = 0;

  constructor(most = MOST_WAITING) {
    this.#most = most;
  }

  /** Answers a poll of a controller. `ends`: nobody reads the answer any more, or the controller asks anew. */
  async answer<Answer>(
    controllerId: string,
    gone: AbortSignal,
    poll: (ends: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const key = `${currentContext().city} ${controllerId}`;
    this.#byController.get(key)?.abort();
    const mine = new AbortController();
    this.#byController.set(key, mine);
    try {
      return await poll(AbortSignal.any([gone, mine.signal]));
    } finally {
      if (this.#byController.get(key) === mine) this.#byController.delete(key);
    }
  }

  /** Waits in one of the places; throws `too-many` where all are taken, with when to come again. */
  async wait(waiting: () => Promise<boolean>): Promise<boolean> {
    if (this.#waiting >= this.#most)
      throw new Fault(
        'too-many',
        `terlalu banyak alat menunggu perintah, coba lagi dalam ${String(COME_AGAIN_S)} detik · too many wait for commands`,
        { retryAfterS: COME_AGAIN_S },
      );
    this.#waiting += 1;
    try {
      return await waiting();
    } finally {
      this.#waiting -= 1;
    }
  }
}
