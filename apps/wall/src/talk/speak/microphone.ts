/** Whether this page hears its owner. `insecure`: browsers give a microphone to pages by HTTPS only. */
export type MicrophoneState = 'closed' | 'asking' | 'on' | 'refused' | 'missing' | 'insecure';

export type HearBlock = (block: Float32Array<ArrayBuffer>) => void;

/** What a browser makes of a mouth before a microphone. */
const VOICE = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } as const;

/** The microphone, opened by the first touch and kept open: one that opens with the press eats its first syllable. */
export class Microphone {
  readonly #context: AudioContext;
  readonly #hear: HearBlock;
  readonly #source: MediaTrackConstraints;
  readonly #listeners = new Set<() => void>();
  #state: MicrophoneState = 'closed';
  #stream: MediaStream | undefined;

  /** `context` has the module of `capture-worklet.ts`. */
  constructor(context: AudioContext, hear: HearBlock, source: MediaTrackConstraints = VOICE) {
    this.#source = source;
    this.#context = context;
    this.#hear = hear;
  }

  readonly get = (): MicrophoneState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks for it, unless it is open. Never throws: see {@link get}. */
  async open(): Promise<void> {
    if (this.#state === 'on' || this.#state === 'asking') return;
    const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    if (devices === undefined) {
      this.#tell('insecure');
      return;
    }
    this.#tell('asking');
    try {
      this.#begin(await devices.getUserMedia({ audio: this.#source }));
      this.#tell('on');
    } catch (error) {
      this.#tell(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'missing');
    }
  }

  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#tell('closed');
  }

  #begin(stream: MediaStream): void {
    this.#stream = stream;
    // a headset that is pulled out, a call that comes in: it is opened again by the next touch
    for (const track of stream.getAudioTracks())
      track.addEventListener('ended', () => {
        this.#tell('missing');
      });
    const capture = new AudioWorkletNode(this.#context, 'siaga-capture');
    capture.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => {
      this.#hear(data);
    };
    // its output is silence: browsers run only what leads to the speaker
    this.#context.createMediaStreamSource(stream).connect(capture).connect(this.#context.destination);
  }

  #tell(state: MicrophoneState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
