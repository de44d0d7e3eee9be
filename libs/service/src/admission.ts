import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Fault } from '@siaga/contracts';
import { tooBusy, type DoorName } from './turned-away.ts';

/** Looks at the event loop so often; half of it is how late everything is at most before the door narrows. */
const RESOLUTION_MS = 20;
const LOOK_EVERY_MS = 200;
/** A process that answers everything this late is busy with more than it can do. */
const CALM_MS = 40;
/** The door never shuts altogether: work goes on, only less of it at once. */
const LEAST = 8;
/** From a quarter to all again within two seconds. */
const WIDER = 1.25;
/** A slow disk makes all work take long, though none of it waits for other work: so much of the most stays welcome. */
const QUARTER = 0.25;

/** What a door lets in. */
export interface Room {
  /** The name it counts under whom it turns away. */
  door: DoorName;
  /** So much at once while the process keeps up. */
  most: number;
  /** Work that stays longer than this, on average, is waiting for other work: less of it is let in. Absent: however long. */
  doneWithinMs?: number;
}

/**
 * A door that lets only so much work in at once, and less of it while the process is late with everything or the work
 * itself takes long: what cannot be done soon is refused at once, before anything of it is read, instead of waiting in a
 * queue that grows, and that everything else would wait behind, too.
 */
export class Admission {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #look: NodeJS.Timeout;
  readonly #door: Room['door'];
  #room: number;
  /** What {@link Room.doneWithinMs} leaves of the most. */
  #soon: number;
  #inside = 0;
  #stays = { count: 0, sumMs: 0 };

  constructor({ door, most, doneWithinMs = Infinity }: Room) {
    this.#door = door;
    this.#room = most;
    this.#soon = most;
    this.#delay.enable();
    this.#look = setInterval(() => {
      const lateMs = this.#delay.mean / 1e6 - RESOLUTION_MS;
      this.#delay.reset();
      const { count, sumMs } = this.#stays;
      this.#stays = { count: 0, sumMs: 0 };
      if (count > 0) this.#soon = roomAfter(this.#soon, { most, tooLong: sumMs / count / doneWithinMs });
      this.#room = Math.min(roomFor(lateMs, most), Math.round(this.#soon));
    }, LOOK_EVERY_MS).unref();
  }

  get inside(): number {
    return this.#inside;
  }

  /** The fault to answer with when there is no room; whoever asks and is given one is counted as turned away. */
  turnAway(): Fault | undefined {
    return this.#inside < this.#room ? undefined : tooBusy(this.#door);
  }

  /** Work came in. Answers how to say that it left; saying it again changes nothing. */
  enter(): () => void {
    this.#inside += 1;
    const sinceMs = performance.now();
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inside -= 1;
      this.#stays.count += 1;
      this.#stays.sumMs += performance.now() - sinceMs;
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

/**
 * The room after work stayed `tooLong` times as long as it should: as much smaller, but never less than half of it at a
 * time, because one slow moment is no trend; wider again step by step. By Little's law work stays as long as there is
 * much of it.
 */
export function roomAfter(room: number, { most, tooLong }: { most: number; tooLong: number }): number {
  const least = Math.min(most, Math.max(LEAST, most * QUARTER));
  if (tooLong > 1) return Math.max(least, room * Math.max(0.5, 1 / tooLong));
  return Math.min(most, room * WIDER);
}
