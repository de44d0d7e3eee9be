import { describe, expect, it } from '@jest/globals';
import { CLIP_RATE, spokenClip, wavOf } from './clip.ts';
import { compare } from './heard-whole.ts';

const clip = spokenClip();
const samples = (ms: number) => (ms * CLIP_RATE) / 1000;

/** The clip as it comes out of a speaker: later, softer, with a hiss. */
function heard(change: (copy: Float32Array) => Float32Array = (copy) => copy): Float32Array {
  const copy = change(clip.slice());
  const out = new Float32Array(copy.length + samples(900));
  out.set(copy, samples(400));
  return out.map((sample, at) => sample * 0.4 + 0.004 * Math.sin(at * at));
}
const without = (fromMs: number, toMs: number) => (copy: Float32Array) => copy.fill(0, samples(fromMs), samples(toMs));

describe('whether a clip was heard whole', () => {
  it('finds it where it is, softer and with a hiss', () => {
    const found = compare(clip, heard(), CLIP_RATE);
    expect(found).toMatchObject({ atMs: 400, isWhole: true });
    expect(found.likeness).toBeGreaterThan(0.98);
    expect(found.syllables).toHaveLength(7);
  });

  it.each([
    ['half of the first syllable', 0, 70],
    ['the first syllable', 0, 140],
    ['one in the middle', 540, 650],
    ['half of one', 700, 790],
    ['the last', 1560, 1770],
  ])('misses %s', (_, fromMs, toMs) => {
    const found = compare(clip, heard(without(fromMs, toMs)), CLIP_RATE);
    expect(found.isWhole).toBe(false);
    expect(found.syllables.filter((part) => part < 0.85)).toHaveLength(1);
  });

  it('misses all of it where something else or nothing is heard', () => {
    expect(compare(clip, new Float32Array(samples(2000)), CLIP_RATE).isWhole).toBe(false);
    const steady = Float32Array.from({ length: samples(2000) }, (_, at) => 0.3 * Math.sin(at / 20));
    expect(compare(clip, steady, CLIP_RATE).likeness).toBeLessThan(0.7);
  });

  it('is a file that a fake microphone reads', () => {
    const wav = wavOf(clip);
    expect(wav.subarray(0, 4).toString('latin1')).toBe('RIFF');
    expect(wav.length).toBe(44 + clip.length * 2);
    expect(wav.readUInt32LE(24)).toBe(CLIP_RATE);
  });
});
