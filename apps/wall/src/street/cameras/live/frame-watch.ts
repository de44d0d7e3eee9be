/** No new frame for so long: what is shown is not now. */
export const STOPPED_MS = 5000;
/** Then it is tried anew; stills are shown meanwhile. */
const GIVEN_UP_MS = 15_000;
/** A source that begins only when somebody watches takes its time. */
const FIRST_MS = 15_000;

/** `starting`: none came yet. `moving`, `stopped`: the last one is new, or is not. `given-up`: it is not waited for any longer. */
export type FrameState = 'starting' | 'moving' | 'stopped' | 'given-up';

/** Whether frames come, by a clock that only goes forwards (ms). A connection that stands says nothing about them. */
export class FrameWatch {
  readonly #begunMs: number;
  #lastMs: number | undefined;

  constructor(begunMs: number) {
    this.#begunMs = begunMs;
  }

  /** When the last frame came; undefined: none did. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  framed(nowMs: number): void {
    this.#lastMs = nowMs;
  }

  at(nowMs: number): FrameState {
    if (this.#lastMs === undefined) return nowMs - this.#begunMs > FIRST_MS ? 'given-up' : 'starting';
    const withoutMs = nowMs - this.#lastMs;
    if (withoutMs > GIVEN_UP_MS) return 'given-up';
    return withoutMs > STOPPED_MS ? 'stopped' : 'moving';
  }
}
