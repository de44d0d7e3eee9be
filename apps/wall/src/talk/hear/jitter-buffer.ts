import { VOICE_FRAME_MS, type VoiceFrame } from '@siaga/contracts';
import type { ArrivalTimes } from './arrival-times.ts';

/** What is to be played next. */
export type Played =
  /** `isBehind`: more waits than has to; whoever plays it may shorten it. */
  | { readonly kind: 'frame'; readonly frame: VoiceFrame; readonly isBehind: boolean }
  /** 20 ms of which nothing is there. */
  | { readonly kind: 'gap' }
  /** Not begun yet. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'end' };

/** What became of the packets of one burst. */
export interface Heard {
  readonly received: number;
  /** Never came, or not in time: what was concealed or left out. */
  readonly lost: number;
  /** Came after their time. */
  readonly late: number;
  readonly repeated: number;
}

/** Nothing came for so long and nothing waits: it is over, though its end was never heard. */
export const SILENT_END_MS = 400;
/** A longer hole is left out: it would only make everything after it later. */
const LONGEST_GAP_FRAMES = 10;
/** What was said before the permit comes at once, and is wanted whole; whatever waits beyond that is too old to be heard. */
const MOST_WAITING_FRAMES = 150;
/** So much more than its target waits before it is worth shortening. */
const BEHIND_FRAMES = 2;

/**
 * Packets of one burst between the network and the ear. Plays them in their order at an even pace, so long after they come
 * as {@link ArrivalTimes} says they may be late; where nothing is there it says so. Clocks are given, ms.
 */
export class JitterBuffer {
  readonly #arrivals: ArrivalTimes;
  readonly #waiting = new Map<number, VoiceFrame>();
  /** Sequence numbers that were passed over and may still come. */
  readonly #missed = new Set<number>();
  #next: number | undefined;
  #last: number | undefined;
  #isPlaying = false;
  #gaps = 0;
  /** Gaps that were played while nothing at all was there. */
  #starved = 0;
  #beganMs = 0;
  #cameMs = -Infinity;
  #heard = { received: 0, lost: 0, late: 0, repeated: 0 };

  constructor(arrivals: ArrivalTimes) {
    this.#arrivals = arrivals;
  }

  get heard(): Heard {
    return { ...this.#heard };
  }

  /** Whether something is there; otherwise what is asked for is a gap, unless it is over. */
  get isReady(): boolean {
    return this.#waiting.size > 0;
  }

  put(frame: VoiceFrame, nowMs: number): void {
    const { sequence } = frame;
    this.#heard.received += 1;
    this.#cameMs = nowMs;
    if (frame.isLast) this.#last = sequence;
    if (this.#waiting.has(sequence)) this.#heard.repeated += 1;
    else if (this.#next !== undefined && sequence < this.#next) this.#tooLate(sequence);
    else this.#keep(frame, nowMs);
  }

  /** The next 20 ms. To be asked once for each 20 ms that is played. */
  take(nowMs: number): Played {
    if (this.#isOver(nowMs)) return this.#end();
    if (!this.#isPlaying && !this.#begins(nowMs)) return { kind: 'wait' };
    this.#makeUp();
    const next = this.#next ?? 0;
    const frame = this.#waiting.get(next);
    if (frame === undefined) return this.#gap(next);
    this.#waiting.delete(next);
    this.#next = next + 1;
    this.#gaps = 0;
    this.#starved = 0;
    // an end without a sound of its own
    if (frame.payload.length === 0) return this.take(nowMs);
    const target = this.#arrivals.targetMs / VOICE_FRAME_MS;
    return { kind: 'frame', frame, isBehind: this.#waiting.size > target + BEHIND_FRAMES };
  }

  #keep(frame: VoiceFrame, nowMs: number): void {
    if (this.#waiting.size === 0 && !this.#isPlaying) this.#beganMs = nowMs;
    this.#arrivals.came(frame.timeMs, nowMs);
    this.#waiting.set(frame.sequence, frame);
    if (this.#waiting.size > MOST_WAITING_FRAMES) this.#leaveOut();
  }

  #tooLate(sequence: number): void {
    if (!this.#missed.delete(sequence)) {
      this.#heard.repeated += 1;
      return;
    }
    this.#heard.late += 1;
    // whoever is late once may be so again: the next ones are waited for
    this.#arrivals.late();
  }

  #begins(nowMs: number): boolean {
    const { targetMs } = this.#arrivals;
    const isEnough = this.#waiting.size * VOICE_FRAME_MS >= targetMs || this.#last !== undefined;
    if (this.#waiting.size === 0 || !(isEnough || nowMs - this.#beganMs >= targetMs)) return false;
    const first = this.#first();
    this.#pass(this.#next ?? first, first);
    this.#next = first;
    this.#isPlaying = true;
    return true;
  }

  /** Starved, it waits for the same packet: what comes then is later than it was, and whole. */
  #gap(next: number): Played {
    if (this.#waiting.size === 0) {
      this.#starved += 1;
      return { kind: 'gap' };
    }
    const first = this.#first();
    this.#gaps += 1;
    const to = this.#gaps > LONGEST_GAP_FRAMES ? first : next + 1;
    this.#pass(next, to);
    this.#next = to;
    return { kind: 'gap' };
  }

  /** A hole that was waited through already is not played a second time. */
  #makeUp(): void {
    if (this.#starved === 0 || this.#waiting.size === 0 || this.#next === undefined) return;
    const to = Math.min(this.#first(), this.#next + this.#starved);
    this.#pass(this.#next, to);
    this.#next = Math.max(to, this.#next);
    this.#starved = 0;
  }

  #leaveOut(): void {
    const first = this.#first();
    this.#waiting.delete(first);
    this.#pass(this.#next ?? first, first);
    this.#heard.lost += 1;
    this.#next = first + 1;
  }

  /** Those of `from` to before `to` are not waited for any more. */
  #pass(from: number, to: number): void {
    if (to <= from) return;
    this.#heard.lost += to - from;
    for (let sequence = Math.max(from, to - MOST_WAITING_FRAMES); sequence < to; sequence += 1)
      this.#missed.add(sequence);
  }

  #isOver(nowMs: number): boolean {
    if (this.#waiting.size > 0) return false;
    if (this.#last !== undefined && this.#next !== undefined && this.#next > this.#last) return true;
    return nowMs - this.#cameMs >= SILENT_END_MS;
  }

  /** What comes of it yet begins anew. */
  #end(): Played {
    this.#isPlaying = false;
    return { kind: 'end' };
  }

  #first(): number {
    return Math.min(...this.#waiting.keys());
  }
}
