/** Samples a second of the clip: what Chromium's fake microphone reads without changing it. */
export const CLIP_RATE = 48_000;

/** Ms of each syllable and of the pause after it: uneven, so that the clip fits itself at one place only. */
const syllables: readonly (readonly [lastsMs: number, pauseMs: number, fromHz: number, toHz: number])[] = [
  [140, 70, 180, 260],
  [220, 110, 240, 200],
  [110, 50, 300, 220],
  [180, 160, 190, 280],
  [260, 80, 260, 170],
  [120, 60, 210, 300],
  [200, 300, 250, 180],
];
const HARMONICS = 6;
const SLOPE_MS = 15;

/** Something like a sentence: gliding vowels with harmonics, the first of them at once. 2 s, −1 to 1. */
export function spokenClip(): Float32Array {
  return Float32Array.from(syllables.flatMap((syllable) => [...vowel(syllable)]));
}

function* vowel([lastsMs, pauseMs, fromHz, toHz]: (typeof syllables)[number]) {
  const length = (lastsMs * CLIP_RATE) / 1000;
  let turns = 0;
  for (let at = 0; at < length; at += 1) {
    turns += (fromHz + ((toHz - fromHz) * at) / length) / CLIP_RATE;
    const edgeMs = (Math.min(at, length - at) * 1000) / CLIP_RATE;
    let sample = 0;
    for (let harmonic = 1; harmonic <= HARMONICS; harmonic += 1)
      sample += Math.sin(2 * Math.PI * turns * harmonic) / harmonic;
    yield 0.35 * sample * Math.min(1, edgeMs / SLOPE_MS);
  }
  yield* new Float32Array((pauseMs * CLIP_RATE) / 1000);
}

/** The clip as a file of 16 bit, for `--use-file-for-fake-audio-capture`. */
export function wavOf(samples: Float32Array): Buffer {
  const bytes = samples.length * 2;
  const wav = Buffer.alloc(44 + bytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // one channel
  wav.writeUInt32LE(CLIP_RATE, 24);
  wav.writeUInt32LE(CLIP_RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(bytes, 40);
  samples.forEach((sample, at) => {
    wav.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 44 + at * 2);
  });
  return wav;
}
