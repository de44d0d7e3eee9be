import { VOICE_FRAME_MS, type VoiceFrame } from '@siaga/contracts';
import { ArrivalTimes } from './arrival-times.ts';
import { BurstVoice } from './burst-voice.ts';
import { JitterBuffer, type Heard } from './jitter-buffer.ts';
import type { PlayedSoFar } from './play-worklet.ts';

/** So much lies ready for the speaker: a page that is busy for a moment is not heard, ms. */
const LEAD_MS = 40;
/** A gap is made only when the speaker is about to fall silent: what comes until then is in time, ms. */
const DRY_MS = 15;
/** As many voices at once as anybody can tell apart, and more. */
const MOST_BURSTS = 32;

interface Listening {
  readonly buffer: JitterBuffer;
  readonly voice: BurstVoice;
  /** Samples that were brought to the speaker. */
  brought: number;
  played: number;
}

/** How well this device hears: of the burst that ended last. */
export interface HeardWell extends Heard {
  readonly burst: number;
  readonly jitterMs: number;
}

/** What the ear brings its sound to: a `siaga-play` worklet. */
export interface Speaker {
  readonly rateHz: number;
  readonly port: { postMessage(message: object, transfer?: Transferable[]): void };
}

/** Plays every burst that comes, several at once: each through its own {@link JitterBuffer}, at the speaker's pace. */
export class Ear {
  readonly #speaker: Speaker;
  readonly #ended: (heard: HeardWell) => void;
  readonly #arrivals = new ArrivalTimes();
  readonly #bursts = new Map<number, Listening>();

  constructor(speaker: Speaker, ended: (heard: HeardWell) => void) {
    this.#speaker = speaker;
    this.#ended = ended;
  }

  /** Whether something is being played. */
  get isPlaying(): boolean {
    return this.#bursts.size > 0;
  }

  hear(frame: VoiceFrame): void {
    const { burst } = frame;
    const listening = this.#bursts.get(burst) ?? this.#begin(burst);
    if (listening === undefined) return;
    listening.buffer.put(frame, performance.now());
    this.#bring(burst, listening);
  }

  /** The speaker says how far it is. */
  played(soFar: PlayedSoFar): void {
    for (const [burst, listening] of this.#bursts) {
      listening.played = soFar.get(burst) ?? listening.played;
      this.#bring(burst, listening);
    }
  }

  #begin(burst: number): Listening | undefined {
    if (this.#bursts.size >= MOST_BURSTS) return undefined;
    this.#arrivals.begin();
    const { rateHz, port } = this.#speaker;
    const give = (samples: Float32Array<ArrayBuffer>) => {
      listening.brought += samples.length;
      port.postMessage({ burst, samples }, [samples.buffer]);
    };
    const voice = new BurstVoice({ rateHz, give });
    const listening: Listening = { buffer: new JitterBuffer(this.#arrivals), voice, brought: 0, played: 0 };
    this.#bursts.set(burst, listening);
    // from now on the speaker tells the time
    port.postMessage({ burst, samples: new Float32Array(0) });
    return listening;
  }

  #bring(burst: number, listening: Listening): void {
    const { buffer, voice } = listening;
    while (this.#wants(listening)) {
      const next = buffer.take(performance.now());
      if (next.kind === 'wait') return;
      if (next.kind === 'end') {
        if (this.#aheadMs(listening) <= 0) this.#end(burst, listening);
        return;
      }
      if (next.kind === 'gap') voice.gap();
      else voice.frame(next.frame, next.isBehind);
    }
  }

  #wants(listening: Listening): boolean {
    const { buffer, voice } = listening;
    const aheadMs = this.#aheadMs(listening);
    if (buffer.isReady) return aheadMs + voice.dueFrames * VOICE_FRAME_MS < LEAD_MS;
    if (voice.dueFrames === 0) return aheadMs < DRY_MS;
    // a decoder may keep its last sound until it hears that nothing follows
    if (aheadMs < DRY_MS) voice.flush();
    return false;
  }

  #end(burst: number, { buffer, voice }: Listening): void {
    this.#bursts.delete(burst);
    voice.close();
    this.#speaker.port.postMessage({ over: burst });
    this.#ended({ burst, ...buffer.heard, jitterMs: this.#arrivals.jitterMs });
  }

  #aheadMs({ brought, played }: Listening): number {
    return ((brought - played) * 1000) / this.#speaker.rateHz;
  }
}
