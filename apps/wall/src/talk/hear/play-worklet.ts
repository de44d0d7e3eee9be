/** Of several talkers at once the sum must not break: softer than that it stays as it is. */
const LOUDEST = 0.95;
/** So much is held of one burst at most: whoever sends more has lost count, s. */
const LONGEST_S = 2;
/** How often the page is told what was played, so that it brings more, ms. */
const TELL_MS = 10;

/** What is brought: samples of a burst at the rate of this machine. */
export interface Brought {
  readonly burst: number;
  readonly samples: Float32Array;
}
/** What was played of each burst since it began, samples. */
export type PlayedSoFar = ReadonlyMap<number, number>;

interface Scope {
  readonly sampleRate: number;
  readonly AudioWorkletProcessor: new () => { readonly port: MessagePort };
  registerProcessor(name: string, processor: new () => object): void;
}
const scope = globalThis as unknown as Scope;

/** Mixes what is brought of all bursts, and says how far it is: the clock of everything that is heard. */
class Play extends scope.AudioWorkletProcessor {
  readonly #held = new Map<number, Float32Array[]>();
  readonly #played = new Map<number, number>();
  #sinceTold = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<Brought | { readonly over: number }>) => {
      if ('over' in data) this.#forget(data.over);
      else this.#bring(data);
    };
  }

  process(_: unknown, [output]: readonly Float32Array[][]): boolean {
    const [first, ...others] = output ?? [];
    if (first === undefined) return true;
    for (const [burst, pieces] of this.#held) this.#mix(burst, pieces, first);
    for (let at = 0; at < first.length; at += 1) first[at] = Math.max(-LOUDEST, Math.min(LOUDEST, first[at] ?? 0));
    for (const other of others) other.set(first);
    this.#sinceTold += first.length;
    if (this.#sinceTold >= (scope.sampleRate * TELL_MS) / 1000) this.#tell();
    return true;
  }

  #bring({ burst, samples }: Brought): void {
    const pieces = this.#held.get(burst) ?? [];
    const length = pieces.reduce((sum, piece) => sum + piece.length, samples.length);
    if (length > scope.sampleRate * LONGEST_S) return;
    pieces.push(samples);
    this.#held.set(burst, pieces);
  }

  #forget(burst: number): void {
    this.#held.delete(burst);
    this.#played.delete(burst);
  }

  #mix(burst: number, pieces: Float32Array[], into: Float32Array): void {
    let at = 0;
    for (let [piece] = pieces; piece !== undefined && at < into.length; [piece] = pieces) {
      const length = Math.min(piece.length, into.length - at);
      for (let index = 0; index < length; index += 1) into[at + index] = (into[at + index] ?? 0) + (piece[index] ?? 0);
      at += length;
      if (length === piece.length) pieces.shift();
      else pieces[0] = piece.subarray(length);
    }
    this.#played.set(burst, (this.#played.get(burst) ?? 0) + at);
  }

  #tell(): void {
    this.#sinceTold = 0;
    this.port.postMessage(new Map(this.#played));
  }
}

scope.registerProcessor('siaga-play', Play);
