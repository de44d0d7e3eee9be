import type { Tone } from './tone.ts';

/** Hz of each beep and how long one lasts: two notes to and fro for danger to life, one note twice for the rest. */
const beeps: Record<Tone, readonly number[]> = { grave: [988, 740, 988, 740, 988, 740], firm: [784, 784] };
const beepS = 0.16;
const gapS = 0.07;
const loudness = 0.22;
/** A cascade is heard once. */
const quietForMs = 3000;

const remembered = 'siaga.alarm-sound';

/** `waiting`: the browser lets a page sound only after somebody pressed something on it. */
export type SpeakerState = 'on' | 'off' | 'waiting';

/** Sounds of this screen; whether it sounds stays with it. */
class Speaker {
  readonly #listeners = new Set<() => void>();
  #context: AudioContext | undefined;
  #lastMs = -Infinity;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SpeakerState => {
    if (localStorage.getItem(remembered) === 'off') return 'off';
    return this.#context?.state === 'suspended' ? 'waiting' : 'on';
  };

  /** On or off; a press is also what a browser waits for. */
  turn(): void {
    localStorage.setItem(remembered, this.state() === 'on' ? 'off' : 'on');
    if (this.state() !== 'off') void this.#ready().resume();
    this.#tell();
  }

  /** Asks the browser whether it lets this page sound, before there is anything to be heard. */
  prepare(): void {
    if (this.state() !== 'off') this.#ready();
  }

  play(tone: Tone): void {
    const nowMs = performance.now();
    if (this.state() === 'off' || nowMs - this.#lastMs < quietForMs) return;
    this.#lastMs = nowMs;
    const context = this.#ready();
    // what cannot sound now shall not sound all at once when somebody presses something later
    if (context.state !== 'running') return;
    beeps[tone].forEach((hz, index) => {
      beep(context, hz, context.currentTime + index * (beepS + gapS));
    });
  }

  #ready(): AudioContext {
    if (this.#context === undefined) {
      this.#context = new AudioContext();
      this.#context.addEventListener('statechange', () => {
        this.#tell();
      });
      this.#tell();
    }
    return this.#context;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function beep(context: AudioContext, hz: number, atS: number): void {
  const note = context.createOscillator();
  const volume = context.createGain();
  note.frequency.value = hz;
  // a slope at each end, or it clicks
  volume.gain.setValueAtTime(0, atS);
  volume.gain.linearRampToValueAtTime(loudness, atS + 0.015);
  volume.gain.setValueAtTime(loudness, atS + beepS - 0.03);
  volume.gain.linearRampToValueAtTime(0, atS + beepS);
  note.connect(volume).connect(context.destination);
  note.start(atS);
  note.stop(atS + beepS);
}

export const speaker = new Speaker();
