import type { Frame } from '@siaga/contracts';
import { encodePosition, type Position, type Vector } from './position.ts';
import { answerTo, type Answer } from './resume.ts';
import type { StreamState } from './stream-state.ts';
import type { View } from './views.ts';

/** A frame tells the time, and a quiet log must not make us keep what was answered: nothing is shared for longer. */
const SHARED_FOR_MS = 100;

/**
 * Answers to waiting screens. After a cut of many screens at once most of them ask for the same: through the same window,
 * from the same position, before the log has gone on. Each such answer is put together once and its frames are the same
 * objects, so that they are also encoded once.
 */
export class SharedAnswers {
  readonly #partBytes: number | undefined;
  #vector: Vector | undefined;
  #sinceMs = 0;
  #answers = new Map<string, Answer | 'ahead'>();

  constructor(partBytes?: number) {
    this.#partBytes = partBytes;
  }

  /** See {@link answerTo}. */
  to(state: StreamState, view: View, since: Position | undefined, nowMs: number): Answer | 'ahead' {
    // the vector is another object after every step of the state
    if (state.vector !== this.#vector || nowMs - this.#sinceMs > SHARED_FOR_MS) {
      this.#vector = state.vector;
      this.#sinceMs = nowMs;
      this.#answers = new Map();
    }
    const question = `${view.name} ${since === undefined ? '' : encodePosition(since)}`;
    let answer = this.#answers.get(question);
    if (answer === undefined) {
      answer = answerTo(state, view, since, { nowMs, partBytes: this.#partBytes });
      if (answer !== 'ahead') answer = { ...answer, frames: answer.frames.map(once) };
      this.#answers.set(question, answer);
    }
    return answer;
  }
}

function once(make: (nowMs: number) => Frame): (nowMs: number) => Frame {
  let made: Frame | undefined;
  return (nowMs) => {
    if (made === undefined || nowMs - made.at > SHARED_FOR_MS) made = make(nowMs);
    return made;
  };
}
