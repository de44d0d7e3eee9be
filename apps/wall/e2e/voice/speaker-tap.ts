import type { Page } from '@playwright/test';

/** What a page holds of it. */
declare global {
  interface Window {
    speakerTap: { microphone: Tapped; speaker: Tapped };
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
  const empty = () => ({ rateHz: 48_000, sinceMs: 0, pieces: [] as Float32Array[] });
  window.speakerTap = { microphone: empty(), speaker: empty() };
  const { connect } = AudioNode.prototype as unknown as { connect: (this: AudioNode, to: AudioNode) => AudioNode };
  const taps = new WeakMap<BaseAudioContext, AudioNode>();
  const tap = (context: BaseAudioContext, which: 'microphone' | 'speaker') => {
    const into = window.speakerTap[which];
    into.rateHz = context.sampleRate;
    const node = context.createScriptProcessor(2048, 1, 1);
    node.onaudioprocess = ({ inputBuffer }) => {
      if (into.pieces.length === 0) into.sinceMs = Date.now() - (inputBuffer.length * 1000) / into.rateHz;
      into.pieces.push(inputBuffer.getChannelData(0).slice());
    };
    connect.call(node, context.destination);
    return node;
  };
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode): AudioNode {
    const isMicrophone = this instanceof MediaStreamAudioSourceNode;
    if (isMicrophone) connect.call(this, tap(this.context, 'microphone'));
    else if (to instanceof AudioDestinationNode) {
      const node = taps.get(this.context) ?? tap(this.context, 'speaker');
      taps.set(this.context, node);
      connect.call(this, node);
    }
    return connect.call(this, to);
  } as typeof AudioNode.prototype.connect;
}
