import { expect, it } from '@jest/globals';
import { array, assert, constantFrom, integer, property } from 'fast-check';
import { Resampler } from './resampler.ts';

const sine = (hz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, at) => Math.sin((2 * Math.PI * hz * at) / rate));
const loudness = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
const rates = constantFrom(44_100, 48_000, 16_000, 8000);

it('keeps a voice as loud as it is, and leaves out what the slower rate cannot hold', () => {
  const voice = new Resampler(48_000, 16_000).push(sine(1000, 48_000, 1));
  expect(voice.length).toBeGreaterThan(15_900);
  expect(loudness(voice.subarray(100))).toBeCloseTo(Math.SQRT1_2, 2);
  const whistle = new Resampler(48_000, 16_000).push(sine(11_000, 48_000, 1));
  expect(loudness(whistle.subarray(100))).toBeLessThan(0.01);
  const back = new Resampler(16_000, 44_100).push(sine(1000, 16_000, 1));
  expect(loudness(back.subarray(100))).toBeCloseTo(Math.SQRT1_2, 2);
});

it('makes the same of the same samples however they are cut, and as many as time has passed', () => {
  const clip = sine(700, 48_000, 0.05);
  assert(
    property(rates, rates, array(integer({ min: 1, max: 900 }), { maxLength: 30 }), (from, to, cuts) => {
      const whole = new Resampler(from, to).push(clip);
      const pieces = new Resampler(from, to);
      const made: number[] = [];
      let at = 0;
      for (const cut of [...cuts, clip.length]) {
        made.push(...pieces.push(clip.subarray(at, at + cut)));
        at += cut;
      }
      expect(made.length).toBe(whole.length);
      expect(Math.max(...made.map((sample, index) => Math.abs(sample - whole[index]!)))).toBeLessThan(0.02);
      const expected = (clip.length * to) / from;
      expect(whole.length).toBeGreaterThan(expected - 2 * 8 * Math.max(1, to / from) - 2);
      expect(whole.length).toBeLessThanOrEqual(expected + 1);
    }),
    { numRuns: 20 },
  );
});
