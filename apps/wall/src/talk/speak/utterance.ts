import { encodeVoice, VOICE_FRAME_MS, type VoiceCodec } from '@siaga/contracts';
import { encoderOf, type VoiceEncoder } from './voice-encoder.ts';

/** What is said before the permit is kept so long: on a bad network the permit is late, blocks. */
const MOST_KEPT = 100;
/** Whoever waits in the queue does not talk yet; he may begin a breath before his turn is heard, blocks. */
const KEPT_IN_QUEUE = 10;

/**
 * What is said in one press. It is kept from the press on, and with the permit all of it goes at once, so that no first
 * syllable is lost; then as it is said.
 */
export class Utterance {
  readonly #encoder: VoiceEncoder;
  readonly #send: (packet: Uint8Array<ArrayBuffer>) => void;
  readonly #codec: VoiceCodec;
  #kept: Float32Array<ArrayBuffer>[] = [];
  #mostKept = MOST_KEPT;
  #burst: number | undefined;
  #sequence = 0;
  #isOver = false;

  constructor(codec: VoiceCodec, send: (packet: Uint8Array<ArrayBuffer>) => void) {
    this.#codec = codec;
    this.#send = send;
    this.#encoder = encoderOf(codec, (made, payload) => {
      this.#give(made, payload);
    });
  }

  /** 20 ms of the microphone. */
  block(samples: Float32Array<ArrayBuffer>): void {
    if (this.#isOver) return;
    if (this.#burst !== undefined) this.#encoder.encode(samples);
    else {
      this.#kept.push(samples);
      if (this.#kept.length > this.#mostKept) this.#kept.shift();
    }
  }

  /** The floor is somebody else's: what was said until now was said to nobody. */
  waits(): void {
    this.#mostKept = KEPT_IN_QUEUE;
    this.#kept = this.#kept.slice(-KEPT_IN_QUEUE);
  }

  granted(burst: number): void {
    if (this.#burst !== undefined) return;
    this.#burst = burst;
    for (const samples of this.#kept) this.#encoder.encode(samples);
    this.#kept = [];
  }

  /** Sends what is left, and its end. */
  async end(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#encoder.flush().catch(() => undefined);
    if (this.#burst !== undefined) this.#packet({ codec: this.#codec, payload: new Uint8Array(0), isLast: true });
    this.#encoder.close();
  }

  /** Nothing more of it goes anywhere. */
  drop(): void {
    this.#isOver = true;
    this.#encoder.close();
  }

  #give(codec: VoiceCodec, payload: Uint8Array): void {
    this.#packet({ codec, payload, isLast: false });
  }

  #packet({ codec, payload, isLast }: { codec: VoiceCodec; payload: Uint8Array; isLast: boolean }): void {
    const sequence = this.#sequence;
    this.#sequence += 1;
    const timeMs = sequence * VOICE_FRAME_MS;
    this.#send(new Uint8Array(encodeVoice({ burst: this.#burst ?? 0, sequence, timeMs, isLast, codec, payload })));
  }
}
