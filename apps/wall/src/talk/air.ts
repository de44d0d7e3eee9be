import { pressKey } from '../city/api.ts';
import { session } from '../session/session.ts';
import { talkDevice } from './device.ts';
import { Ear, type HeardWell } from './hear/ear.ts';
import playUrl from './hear/play-worklet.ts?worker&url';
import { sound } from './hear/tones.ts';
import { onAir, type Line } from './line/line-state.ts';
import { VoiceLine } from './line/voice-line.ts';
import captureUrl from './speak/capture-worklet.ts?worker&url';
import { Microphone } from './speak/microphone.ts';
import { SpeechLevel } from './speak/speech-level.ts';
import { Utterance } from './speak/utterance.ts';
import { bestCodec } from './speak/voice-encoder.ts';

/** The last syllable of who lets go with it: what is on its way through the microphone is said too, ms. */
const TAIL_MS = 120;

/** One press, from the finger's coming until its last packet is sent. */
interface Speaking {
  talkId: string;
  readonly utterance: Utterance;
  readonly pressedAtMs: number;
  isReleased: boolean;
  isGranted: boolean;
}

/** All that lets this page talk and hear: line, microphone, ear. Opened by a touch, because browsers want one. */
export class Air {
  readonly line: VoiceLine;
  readonly microphone: Microphone;
  readonly #context: AudioContext;
  readonly #ear: Ear;
  readonly #codec: 'opus' | 'pcm';
  readonly level = new SpeechLevel();
  #speaking: Speaking | undefined;
  #accessMs: number | undefined;
  #heardWell: HeardWell | undefined;

  static async open(): Promise<Air> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    const [codec] = await Promise.all([
      bestCodec(),
      context.resume(),
      context.audioWorklet.addModule(playUrl),
      context.audioWorklet.addModule(captureUrl),
    ]);
    return new Air(context, codec);
  }

  private constructor(context: AudioContext, codec: 'opus' | 'pcm') {
    this.#context = context;
    this.#codec = codec;
    const speaker = new AudioWorkletNode(context, 'siaga-play', { numberOfInputs: 0, outputChannelCount: [1] });
    speaker.connect(context.destination);
    this.#ear = new Ear({ rateHz: context.sampleRate, port: speaker.port }, (heard) => {
      this.#heardWell = heard;
    });
    speaker.port.onmessage = ({ data }: MessageEvent<ReadonlyMap<number, number>>) => {
      this.#ear.played(data);
    };
    this.microphone = new Microphone(context, (block) => {
      this.level.heard(block);
      this.#speaking?.utterance.block(block);
    });
    this.line = new VoiceLine({
      url: `${location.origin.replace(/^http/, 'ws')}/voice`,
      deviceId: talkDevice(),
      ticket: () => session.ticket(),
      newTalkId: pressKey,
      heard: (frame) => {
        this.#ear.hear(frame);
      },
      sounds: (tone) => {
        sound(context, tone);
      },
    });
    this.line.subscribe(() => {
      this.#follow(this.line.get());
    });
  }

  /** From the finger to the permit, of the last press that had one. */
  get accessMs(): number | undefined {
    return this.#accessMs;
  }

  /** How well the burst that ended last was heard. */
  get heardWell(): HeardWell | undefined {
    return this.#heardWell;
  }

  /** A browser holds the sound of a page it has put to sleep until the next touch. */
  touch(): void {
    void this.#context.resume();
    void this.microphone.open();
  }

  /** The finger comes down: what is said from now on is kept. */
  press(groupId: string, { isEmergency }: { isEmergency: boolean }): void {
    this.touch();
    // a floor without a voice would only keep the others from talking
    if (this.microphone.get() !== 'on') return;
    this.letGo();
    // before the line answers, which it may do at once
    const utterance = new Utterance(this.#codec, (packet) => {
      this.line.send(speaking.talkId, packet);
    });
    const pressedAtMs = performance.now();
    const speaking: Speaking = { talkId: '', utterance, pressedAtMs, isReleased: false, isGranted: false };
    this.#speaking = speaking;
    speaking.talkId = this.line.press(groupId, { isEmergency });
    this.#follow(this.line.get());
  }

  /** The finger goes. */
  letGo(): void {
    const speaking = this.#speaking;
    if (speaking === undefined || speaking.isReleased) return;
    speaking.isReleased = true;
    if (onAir(this.line.get())?.talkId === speaking.talkId) setTimeout(() => void this.#finish(speaking), TAIL_MS);
    else void this.#finish(speaking);
  }

  close(): void {
    this.#speaking?.utterance.drop();
    this.#speaking = undefined;
    this.line.close();
    this.microphone.close();
    void this.#context.close();
  }

  async #finish(speaking: Speaking): Promise<void> {
    await speaking.utterance.end();
    this.line.letGo(speaking.talkId);
    if (this.#speaking === speaking) this.#speaking = undefined;
  }

  #follow({ press }: Line): void {
    const speaking = this.#speaking;
    if (speaking === undefined || speaking.talkId === '') return;
    if (press?.talkId !== speaking.talkId) {
      // denied, cut off, or the link is gone: nothing is captured for nobody
      speaking.utterance.drop();
      this.#speaking = undefined;
    } else if (press.state.at === 'queued') speaking.utterance.waits();
    else if (press.state.at === 'has-permission' && !speaking.isReleased && !speaking.isGranted) {
      speaking.isGranted = true;
      this.#accessMs = performance.now() - speaking.pressedAtMs;
      speaking.utterance.granted(press.state.burst);
    }
  }
}
