import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Fault } from '@siaga/contracts';

/** Looks at the event loop so often; half of it is how late everything is at most before the door narrows. */
const RESOLUTION_MS = 20;
const LOOK_EVERY_MS = 200;
/** A process that answers everything this late is busy with more than it can do. */
const CALM_MS = 40;
/** The door never shuts altogether: work goes on, only less of it at once. */
const LEAST = 8;

/**
 * A door that lets only so much work in at once, and less of it while the process is late with everything: what it can
 * not do soon is refused at once, before anything of it is read, instead of waiting in a queue that grows.
 */
export class Admission {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #look: NodeJS.Timeout;
  #room: number;
  #inside = 0;

  /** `most` at once while the process keeps up. */
  constructor(most: number) {
    this.#room = most;
    this.#delay.enable();
    this.#look = setInterval(() => {
      const lateMs = this.#delay.mean / 1e6 - RESOLUTION_MS;
      this.#delay.reset();
      this.#room = roomFor(lateMs, most);
    }, LOOK_EVERY_MS).unref();
  }

  get inside(): number {
    return this.#inside;
  }

  /** The fault to answer with when there is no room. */
  get refusal(): Fault | undefined {
    if (this.#inside < this.#room) return undefined;
    return new Fault('unavailable', 'sedang sangat sibuk, coba lagi sebentar · very busy, try again shortly');
  }

  /** Work came in. Answers how to say that it left; saying it again changes nothing. */
  enter(): () => void {
    this.#inside += 1;
    let left = false;
    return () => {
      if (!left) this.#inside -= 1;
      left = true;
    };
  }

  close(): void {
    clearInterval(this.#look);
    this.#delay.disable();
  }
}

/** The later the process, the less at once: twice as late as calm, half of it. */
export function roomFor(lateMs: number, most: number): number {
  // nothing was sampled: the process stood still for the whole time, or has only begun
  if (Number.isNaN(lateMs)) return most;
  return Math.max(Math.min(LEAST, most), Math.round(most * Math.min(1, CALM_MS / lateMs)));
}
