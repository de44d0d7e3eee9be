import { decodeVoice, MOST_VOICE_PACKETS, VOICE_FRAME_MS, VOICE_RATE, type VoiceHole } from '@siaga/contracts';
import { oggOpus } from './ogg-opus.ts';
import { wavPcm } from './wav-pcm.ts';

/** Holes that are told one by one; a burst with more is one long hole from there on. */
const MOST_HOLES = 200;

/** The file of a burst. */
export interface Sound {
  readonly content: Buffer;
  readonly contentType: 'audio/ogg' | 'audio/wav';
  readonly durationMs: number;
  readonly holes: VoiceHole[];
}

/** The file of what arrived of a burst, in whatever order, repeats too; undefined: nothing did. */
export function soundOf(recordingId: string, frames: Iterable<Uint8Array>): Sound | undefined {
  const bySequence = new Map<number, Uint8Array>();
  let isPcm = false;
  for (const bytes of frames) {
    const frame = decodeVoice(bytes);
    if (frame === undefined || frame.payload.length === 0 || frame.sequence >= MOST_VOICE_PACKETS) continue;
    isPcm ||= frame.codec === 'pcm';
    if (!bySequence.has(frame.sequence)) bySequence.set(frame.sequence, frame.payload);
  }
  if (bySequence.size === 0) return undefined;
  const packets = Array.from({ length: Math.max(...bySequence.keys()) + 1 }, (_, at) => bySequence.get(at));
  return {
    content: isPcm ? wavPcm(packets, recordingId) : oggOpus(packets, { title: recordingId, inputHz: VOICE_RATE }),
    contentType: isPcm ? 'audio/wav' : 'audio/ogg',
    durationMs: packets.length * VOICE_FRAME_MS,
    holes: holesOf(packets),
  };
}

function holesOf(packets: readonly (Uint8Array | undefined)[]): VoiceHole[] {
  const holes: { fromMs: number; forMs: number }[] = [];
  packets.forEach((packet, at) => {
    if (packet !== undefined) return;
    const fromMs = at * VOICE_FRAME_MS;
    const last = holes.at(-1);
    const goesOn = last !== undefined && last.fromMs + last.forMs === fromMs;
    if (last !== undefined && (goesOn || holes.length === MOST_HOLES))
      last.forMs = fromMs + VOICE_FRAME_MS - last.fromMs;
    else holes.push({ fromMs, forMs: VOICE_FRAME_MS });
  });
  return holes;
}
