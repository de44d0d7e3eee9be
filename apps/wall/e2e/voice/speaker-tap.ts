import type { Page } from '@playwright/test';

/** What a page holds of it. */
declare global {
  interface Window {
    speakerTap: { microphone: Tapped; speaker: Tapped };
    /** When a finger last came down, and went, epoch ms: a test that presses hears of it later. */
    finger: { downMs: number; upMs: number };
  }
}
interface Tapped {
  rateHz: number;
  /** When its first sample was heard, epoch ms. */
  sinceMs: number;
  pieces: Float32Array[];
}

/** Sound as it was heard in a page. */
export interface TappedSound {
  rateHz: number;
  sinceMs: number;
  samples: Float32Array;
}

/** Chromium's: packets of a track, queued while the page is busy. */
declare class MediaStreamTrackProcessor {
  constructor(from: { track: MediaStreamTrack; maxBufferSize: number });
  readonly readable: ReadableStream<AudioData>;
}

/** Before a page loads: whatever it plays, and whatever its microphone gives, is kept as well. */
export async function tapSound(page: Page): Promise<void> {
  await page.addInitScript(beginTapping);
}

export async function tapped(page: Page, which: 'microphone' | 'speaker'): Promise<TappedSound> {
  const { rateHz, sinceMs, values } = await page.evaluate((name) => {
    const tap = window.speakerTap[name];
    // an array of numbers of this size would take minutes
    const values = tap.pieces
      .flatMap((piece) => [...piece])
      .map((sample) => Math.round(sample * 32_767))
      .join(' ');
    return { rateHz: tap.rateHz, sinceMs: tap.sinceMs, values };
  }, which);
  return { rateHz, sinceMs, samples: Float32Array.from(values.split(' '), (value) => Number(value) / 32_767) };
}

/** Runs in the page. */
function beginTapping(): void {
  const empty = () => ({ rateHz: 48_000, sinceMs: Infinity, pieces: [] as Float32Array[] });
  window.speakerTap = { microphone: empty(), speaker: empty() };
  window.finger = { downMs: 0, upMs: 0 };
  addEventListener('pointerdown', () => (window.finger.downMs = Date.now()), true);
  addEventListener('pointerup', () => (window.finger.upMs = Date.now()), true);
  const { connect } = AudioNode.prototype as unknown as { connect: (this: AudioNode, to: AudioNode) => AudioNode };
  const taps = new WeakMap<BaseAudioContext, AudioNode>();
  const keep = async (track: MediaStreamTrack, into: Tapped) => {
    // ten seconds of it: a page that is busy loses nothing
    const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1000 }).readable.getReader();
    let length = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const { value } = next;
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      into.rateHz = value.sampleRate;
      value.close();
      length += samples.length;
      // what came soonest after its sound knows best when that was
      into.sinceMs = Math.min(into.sinceMs, Date.now() - (length * 1000) / into.rateHz);
      into.pieces.push(samples);
    }
  };
  const tap = (context: AudioContext, which: 'microphone' | 'speaker') => {
    const node = context.createMediaStreamDestination();
    const [track] = node.stream.getAudioTracks();
    if (track !== undefined) void keep(track, window.speakerTap[which]);
    return node;
  };
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode): AudioNode {
    const isMicrophone = this instanceof MediaStreamAudioSourceNode;
    if (isMicrophone) connect.call(this, tap(this.context as AudioContext, 'microphone'));
    else if (to instanceof AudioDestinationNode) {
      const node = taps.get(this.context) ?? tap(this.context as AudioContext, 'speaker');
      taps.set(this.context, node);
      connect.call(this, node);
    }
    return connect.call(this, to);
  } as typeof AudioNode.prototype.connect;
}
