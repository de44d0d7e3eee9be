import { VOICE_FRAME_MS, VOICE_RATE, type VoiceCodec } from '@siaga/contracts';

/** A voice is understood from 16 kbit/s on; above 24 nobody hears a difference. */
const OPUS = {
  codec: 'opus',
  ...{ sampleRate: VOICE_RATE, numberOfChannels: 1, bitrate: 24_000 },
  opus: { frameDuration: VOICE_FRAME_MS * 1000, application: 'voip', usedtx: false },
} as const;

/** Makes packets of blocks of 20 ms. */
export interface VoiceEncoder {
  encode(block: Float32Array<ArrayBuffer>): void;
  /** When what was encoded has been given. */
  flush(): Promise<void>;
  close(): void;
}

/** One packet, in its order. */
export type GivePacket = (codec: VoiceCodec, payload: Uint8Array) => void;

/** Opus where this browser makes it, otherwise PCM, ten times as large. */
export async function bestCodec(): Promise<VoiceCodec> {
  if (!('AudioEncoder' in globalThis)) return 'pcm';
  const answer = await AudioEncoder.isConfigSupported(OPUS).catch(() => ({ supported: false }));
  return answer.supported === true ? 'opus' : 'pcm';
}

export function encoderOf(codec: VoiceCodec, give: GivePacket): VoiceEncoder {
  return codec === 'opus' ? opusEncoder(give) : pcmEncoder(give);
}

function opusEncoder(give: GivePacket): VoiceEncoder {
  let blocks = 0;
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const payload = new Uint8Array(chunk.byteLength);
      chunk.copyTo(payload);
      give('opus', payload);
    },
    // a closed encoder says nothing more: the burst ends by its silence
    error: () => undefined,
  });
  encoder.configure(OPUS);
  return {
    encode: (block) => {
      if (encoder.state !== 'configured') return;
      const timestamp = blocks * VOICE_FRAME_MS * 1000;
      const sound = new AudioData({ format: 'f32-planar', sampleRate: VOICE_RATE, numberOfFrames: block.length, numberOfChannels: 1, timestamp, data: block }); // prettier-ignore
      blocks += 1;
      encoder.encode(sound);
      sound.close();
    },
    flush: () => (encoder.state === 'configured' ? encoder.flush() : Promise.resolve()),
    close: () => {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}

function pcmEncoder(give: GivePacket): VoiceEncoder {
  return {
    encode: (block) => {
      const payload = new Uint8Array(block.length * 2);
      const view = new DataView(payload.buffer);
      block.forEach((sample, at) => {
        view.setInt16(at * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
      });
      give('pcm', payload);
    },
    flush: () => Promise.resolve(),
    close: () => undefined,
  };
}
