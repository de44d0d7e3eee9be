import { Resampler } from './resampler.ts';

/** 20 ms at 16 kHz: `VOICE_FRAME_MS` and `VOICE_RATE` of the contract, which this thread does not load. */
const RATE = 16_000;
const BLOCK = 320;

/** What a worklet's own scope has; the browser's types know it not. */
interface Scope {
  readonly sampleRate: number;
  readonly AudioWorkletProcessor: new () => { readonly port: MessagePort };
  registerProcessor(name: string, processor: new () => object): void;
}
const scope = globalThis as unknown as Scope;

/** What the microphone hears, in blocks of 20 ms at 16 kHz whatever the rate of the machine is. */
class Capture extends scope.AudioWorkletProcessor {
  readonly #resampler = new Resampler(scope.sampleRate, RATE);
  #block = new Float32Array(BLOCK);
  #filled = 0;

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const [samples] = input ?? [];
    if (samples === undefined) return true;
    for (const sample of this.#resampler.push(samples)) {
      this.#block[this.#filled] = sample;
      this.#filled += 1;
      if (this.#filled === BLOCK) this.#give();
    }
    return true;
  }

  #give(): void {
    this.port.postMessage(this.#block, [this.#block.buffer]);
    this.#block = new Float32Array(BLOCK);
    this.#filled = 0;
  }
}

scope.registerProcessor('siaga-capture', Capture);
