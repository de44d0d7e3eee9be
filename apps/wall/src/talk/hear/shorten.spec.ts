import { expect, it } from '@jest/globals';
import { assert, double, integer, property } from 'fast-check';
import { shorten } from './shorten.ts';

const RATE = 48_000;
const vowel = (hz: number) =>
  Float32Array.from({ length: 960 }, (_, at) => {
    const turns = (2 * Math.PI * hz * at) / RATE;
    return 0.3 * Math.sin(turns) + 0.15 * Math.sin(3 * turns);
  });

it('leaves out one period of a voice, without a crack', () => {
  assert(
    property(integer({ min: 110, max: 390 }), (hz) => {
      const whole = vowel(hz);
      const short = shorten(whole, RATE);
      const period = RATE / hz;
      const periods = (whole.length - short.length) / period;
      expect(Math.abs(periods - Math.round(periods))).toBeLessThan(0.05);
      const steepest = (samples: Float32Array) =>
        samples.reduce(
          (most, sample, at) => (at === 0 ? most : Math.max(most, Math.abs(sample - samples[at - 1]!))),
          0,
        );
      expect(steepest(short)).toBeLessThan(steepest(whole) * 1.3);
      expect(short.at(-1)).toBe(whole.at(-1));
    }),
  );
});

it('never makes anything longer, and takes silence away', () => {
  assert(
    property(double({ min: 0, max: 0.002, noNaN: true }), (soft) => {
      expect(shorten(new Float32Array(960).fill(soft), RATE).length).toBe(480);
    }),
  );
});
