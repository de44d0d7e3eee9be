import { VOICE_FRAME_MS, VOICE_RATE, type VoiceFrame } from '@siaga/contracts';
import { Resampler } from '../speak/resampler.ts';
import { Concealment } from './concealment.ts';
import { shorten } from './shorten.ts';

/** What a phone's Opus is decoded as. */
const OPUS = { codec: 'opus', sampleRate: VOICE_RATE, numberOfChannels: 1 };

/** Whether this browser can make sound of what others say: Chrome, Firefox on a desk, Safari from 26 on (WebCodecs). */
export async function hearsOpus(): Promise<boolean> {
  if (!('AudioDecoder' in globalThis)) return false;
  const answer = await AudioDecoder.isConfigSupported(OPUS).catch(() => ({ supported: false }));
  return answer.supported === true;
}

/** Where the sound of a burst goes, and how fast this machine plays it. */
export interface VoicePort {
  readonly rateHz: number;
  readonly give: (samples: Float32Array<ArrayBuffer>) => void;
}

type Due = { readonly kind: 'frame'; readonly isBehind: boolean } | { readonly kind: 'gap' };

/** Makes sound of the packets of one burst, in their order, holes too. */
export class BurstVoice {
  readonly #port: VoicePort;
  readonly #concealment: Concealment;
  /** What was asked for and has not been given yet, in its order. */
  readonly #due: Due[] = [];
  #resampler: { fromHz: number; resampler: Resampler } | undefined;
  #decoder: AudioDecoder | undefined;
  #isFlushing = false;
  #asked = 0;

  constructor(port: VoicePort) {
    this.#port = port;
    this.#concealment = new Concealment((port.rateHz * VOICE_FRAME_MS) / 1000);
  }

  /** Blocks of 20 ms that are still being made. */
  get dueFrames(): number {
    return this.#due.length;
  }

  frame({ codec, payload, timeMs }: VoiceFrame, isBehind: boolean): void {
    const due = { kind: 'frame', isBehind } as const;
    if (codec === 'pcm') {
      this.#make(pcmIn(payload), VOICE_RATE, due);
      return;
    }
    this.#due.push(due);
    this.#asked += 1;
    try {
      this.#opus().decode(new EncodedAudioChunk({ type: 'key', timestamp: timeMs * 1000, data: payload.slice() }));
    } catch {
      this.#broken();
    }
  }

  gap(): void {
    this.#due.push({ kind: 'gap' });
    this.#fillGaps();
  }

  /** Makes what is asked for without waiting for more. */
  flush(): void {
    if (this.#isFlushing || this.#decoder?.state !== 'configured') return;
    this.#isFlushing = true;
    const asked = this.#asked;
    this.#decoder.flush().then(
      () => {
        this.#isFlushing = false;
        // what it swallowed is a hole
        if (asked === this.#asked) this.#broken();
      },
      () => {
        this.#isFlushing = false;
      },
    );
  }

  close(): void {
    if (this.#decoder?.state !== 'closed') this.#decoder?.close();
  }

  #opus(): AudioDecoder {
    if (this.#decoder !== undefined && this.#decoder.state !== 'closed') return this.#decoder;
    this.#decoder = new AudioDecoder({
      output: (sound) => {
        const due = this.#due.shift();
        if (due?.kind === 'frame') this.#make(samplesOf(sound), sound.sampleRate, due);
        sound.close();
        this.#fillGaps();
      },
      error: () => {
        this.#broken();
      },
    });
    this.#decoder.configure(OPUS);
    return this.#decoder;
  }

  /** What this decoder still had is a hole: a packet that is no Opus must not silence the rest. */
  #broken(): void {
    const lost = this.#due.length;
    this.#due.length = 0;
    for (let at = 0; at < lost; at += 1) this.#port.give(this.#concealment.next());
  }

  #fillGaps(): void {
    while (this.#due[0]?.kind === 'gap') {
      this.#due.shift();
      this.#port.give(this.#concealment.next());
    }
  }

  #make(samples: Float32Array<ArrayBuffer>, fromHz: number, { isBehind }: { isBehind: boolean }): void {
    if (this.#resampler?.fromHz !== fromHz)
      this.#resampler = { fromHz, resampler: new Resampler(fromHz, this.#port.rateHz) };
    const sound = this.#resampler.resampler.push(samples);
    this.#concealment.heard(sound);
    this.#port.give(isBehind ? shorten(sound, this.#port.rateHz) : sound);
  }
}

function samplesOf(sound: AudioData): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(sound.numberOfFrames);
  sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
  return samples;
}

function pcmIn(payload: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  return Float32Array.from({ length: payload.length >> 1 }, (_, at) => view.getInt16(at * 2, true) / 32_768);
}
