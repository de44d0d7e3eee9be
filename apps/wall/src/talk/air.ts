import { pressKey } from '../city/api.ts';
import { session } from '../session/session.ts';
import { talkDevice } from './device.ts';
import { Ear, type Speaker } from './hear/ear.ts';
import playUrl from './hear/play-worklet.ts?worker&url';
import { sound } from './hear/tones.ts';
import { onAir, type Line } from './line/line-state.ts';
import { VoiceLine } from './line/voice-line.ts';
import captureUrl from './speak/capture-worklet.ts?worker&url';
import { Microphone } from './speak/microphone.ts';
import { SpeechLevel } from './speak/speech-level.ts';
import { Whereabouts } from './speak/whereabouts.ts';
import { Utterance } from './speak/utterance.ts';
import { bestCodec } from './speak/voice-encoder.ts';
import { hearsOpus } from './hear/burst-voice.ts';
import { Level } from './level.ts';

/** The last syllable of who lets go with it: what is on its way through the microphone is said too, ms. */
const TAIL_MS = 120;
/** So soon an emergency asks again for a floor that it lost. */
const EMERGENCY_AGAIN_MS = 500;

/** What is said just before a set on a cable opens, blocks: VOX takes a moment to believe it. */
const BEFORE_BLOCKS = 15;

/** A radio on a cable in place of mouth and ear. */
export interface Cable {
  /** Devices of this computer, as `enumerateDevices` names them; empty: the usual ones. */
  readonly inputId: string;
  readonly outputId: string;
  /** Told of each 20 ms that come in. */
  readonly heard: (block: Float32Array) => void;
}

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
  /** How loud the microphone is, and what is heard. */
  readonly spoken = new Level();
  readonly heard = new Level();
  /** Of a cable: what came in just before a press. */
  readonly #before: Float32Array<ArrayBuffer>[] = [];
  readonly #whereabouts = new Whereabouts();
  #speaking: Speaking | undefined;
  /** Where an officer in danger has opened the microphone: asked for again whatever ended it, until he lets go. */
  #emergencyIn: string | undefined;
  readonly #retry: ReturnType<typeof setInterval>;

  /** Rejects where this browser could not hear the others: a radio that is deaf must not say that it is on the line. */
  static async open(cable?: Cable): Promise<Air> {
    if (!(await hearsOpus())) throw new Error('this browser decodes no Opus');
    const context = new AudioContext({ latencyHint: 'interactive' });
    const [codec] = await Promise.all([
      bestCodec(),
      context.resume(),
      context.audioWorklet.addModule(playUrl),
      context.audioWorklet.addModule(captureUrl),
    ]);
    if (cable !== undefined && cable.outputId !== '') await outTo(context, cable.outputId);
    return new Air(context, codec, cable);
  }

  private constructor(context: AudioContext, codec: 'opus' | 'pcm', cable: Cable | undefined) {
    this.#context = context;
    this.#codec = codec;
    const speaker = new AudioWorkletNode(context, 'siaga-play', { numberOfInputs: 0, outputChannelCount: [1] });
    speaker.connect(context.destination);
    const port: Speaker['port'] = {
      postMessage: (message: { samples?: Float32Array }, transfer) => {
        if (message.samples !== undefined && message.samples.length > 0) this.heard.heard(message.samples);
        speaker.port.postMessage(message, transfer ?? []);
      },
    };
    this.#ear = new Ear({ rateHz: context.sampleRate, port }, ({ received, lost, jitterMs }) => {
      const lostPercent = (100 * lost) / Math.max(1, received + lost);
      this.line.report({ jitterMs: Math.round(jitterMs), lostPercent: Math.round(10 * lostPercent) / 10 });
    });
    speaker.port.onmessage = ({ data }: MessageEvent<ReadonlyMap<number, number>>) => {
      this.#ear.played(data);
    };
    this.microphone = new Microphone(
      context,
      (block) => {
        this.level.heard(block);
        this.spoken.heard(block);
        this.#speaking?.utterance.block(block);
        if (cable === undefined) return;
        // nothing of what was played or said already is said again
        if (this.isPlaying || this.#speaking !== undefined) this.#before.length = 0;
        this.#before.push(block);
        if (this.#before.length > BEFORE_BLOCKS) this.#before.shift();
        cable.heard(block);
      },
      cable && sourceOf(cable),
    );
    this.line = new VoiceLine({
      url: `${location.origin.replace(/^http/, 'ws')}/voice`,
      deviceId: talkDevice(),
      ticket: () => session.ticket(),
      newTalkId: pressKey,
      place: () => this.#whereabouts.place,
      heard: (frame) => {
        this.#ear.hear(frame);
      },
      // tones are for a person: on a cable they would go out to everybody
      sounds: (tone) => {
        if (cable === undefined) sound(context, tone);
      },
    });
    this.#retry = setInterval(() => {
      this.#goOn();
    }, EMERGENCY_AGAIN_MS);
    this.line.subscribe(() => {
      this.#follow(this.line.get());
    });
  }

  /** Whether somebody else is heard now. */
  get isPlaying(): boolean {
    return this.#ear.isPlaying;
  }

  /** A browser holds the sound of a page it has put to sleep until the next touch. */
  touch(): void {
    void this.#context.resume();
    void this.microphone.open();
  }

  /** The finger comes down: what is said from now on is kept. */
  press(groupId: string, { isEmergency }: { isEmergency: boolean }): void {
    this.touch();
    this.#emergencyIn = isEmergency ? groupId : undefined;
    if (this.microphone.get() !== 'on') {
      // an emergency waits for it
      if (!isEmergency) this.line.mute();
      return;
    }
    this.#release();
    // before the line answers, which it may do at once
    const utterance = new Utterance(this.#codec, (packet) => {
      this.line.send(speaking.talkId, packet);
    });
    for (const block of this.#before) utterance.block(block);
    const pressedAtMs = performance.now();
    const speaking: Speaking = { talkId: '', utterance, pressedAtMs, isReleased: false, isGranted: false };
    this.#speaking = speaking;
    speaking.talkId = this.line.press(groupId, { isEmergency });
    this.#follow(this.line.get());
  }

  /** The finger goes. */
  letGo(): void {
    this.#emergencyIn = undefined;
    this.#release();
  }

  #release(): void {
    const speaking = this.#speaking;
    if (speaking === undefined || speaking.isReleased) return;
    speaking.isReleased = true;
    if (onAir(this.line.get())?.talkId === speaking.talkId) setTimeout(() => void this.#finish(speaking), TAIL_MS);
    else void this.#finish(speaking);
  }

  close(): void {
    this.#whereabouts.close();
    clearInterval(this.#retry);
    this.#speaking?.utterance.drop();
    this.#speaking = undefined;
    this.line.close();
    this.microphone.close();
    void this.#context.close();
  }

  /** An emergency that was cut off, was too long, or had no link or microphone yet. */
  #goOn(): void {
    const groupId = this.#emergencyIn;
    const { link, groups, outcome } = this.line.get();
    if (outcome?.why === 'receive-only') this.#emergencyIn = undefined;
    const canAsk = link === 'open' && this.microphone.get() === 'on' && this.#speaking === undefined;
    if (groupId !== undefined && canAsk && groups.get(groupId)?.isIn === true)
      this.press(groupId, { isEmergency: true });
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
      this.line.report({ accessMs: Math.round(performance.now() - speaking.pressedAtMs) });
      speaking.utterance.granted(press.state.burst);
    }
  }
}

/** Chrome lets a page choose where its sound goes; elsewhere the usual output is taken. */
async function outTo(context: AudioContext, outputId: string): Promise<void> {
  const choosing = context as { setSinkId?: (deviceId: string) => Promise<void> };
  await choosing.setSinkId?.call(context, outputId);
}

/** A cable has no room around it: what a browser does for a mouth would cut its words. */
const sourceOf = ({ inputId }: Cable): MediaTrackConstraints => ({
  ...{ channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  ...(inputId !== '' && { deviceId: { exact: inputId } }),
});
