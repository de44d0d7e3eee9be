/**
 * One packet of voice on `/voice`, the same bytes from the talker's microphone to every listener: the relay reads the
 * header and hands the packet on unchanged.
 *
 * Big-endian: version u8 (1), flags u8 (1 = the burst's last, 2 = PCM instead of Opus), burst u32, sequence u16, time u32 (ms
 * since the burst's first sample, on the talker's clock), then one Opus packet of 20 ms (RFC 6716), or PCM: 16 bit,
 * little-endian, 16 kHz, one channel, 20 ms.
 */
export interface VoiceFrame {
  /** The number with which the floor was granted: whose media it is. */
  burst: number;
  /** Counts packets of a burst; a gap is a loss. */
  sequence: number;
  /** When it was spoken, ms after the burst's first sample. */
  timeMs: number;
  isLast: boolean;
  codec: VoiceCodec;
  payload: Uint8Array;
}

/** Opus by WebCodecs; PCM where a browser has no encoder. */
export type VoiceCodec = 'opus' | 'pcm';

export const VOICE_FRAME_MS = 20;
/** A burst of 30 s with its grace and what was kept from before the permit has no more packets: what claims to be is no burst. */
export const MOST_VOICE_PACKETS = 3000;
/** Samples a second, one channel. */
export const VOICE_RATE = 16_000;

const VERSION = 1;
const HEADER_BYTES = 12;
const LAST = 1;
const PCM = 2;
/** 20 ms of PCM; Opus at 24 kbit/s has 60. Whatever is larger is no voice. */
export const LARGEST_VOICE_BYTES = HEADER_BYTES + (VOICE_RATE / 1000) * VOICE_FRAME_MS * 2;

export function encodeVoice({ burst, sequence, timeMs, isLast, codec, payload }: VoiceFrame): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, (isLast ? LAST : 0) | (codec === 'pcm' ? PCM : 0));
  view.setUint32(2, burst);
  view.setUint16(6, sequence % 65_536);
  view.setUint32(8, timeMs);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Undefined for what is no packet of ours: too short, too long, of another version. The payload is a view, not a copy. */
export function decodeVoice(bytes: Uint8Array): VoiceFrame | undefined {
  if (bytes.length < HEADER_BYTES || bytes.length > LARGEST_VOICE_BYTES || bytes[0] !== VERSION) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(1);
  if (flags > (LAST | PCM)) return undefined;
  return {
    burst: view.getUint32(2),
    sequence: view.getUint16(6),
    timeMs: view.getUint32(8),
    isLast: (flags & LAST) !== 0,
    codec: (flags & PCM) === 0 ? 'opus' : 'pcm',
    payload: bytes.subarray(HEADER_BYTES),
  };
}
