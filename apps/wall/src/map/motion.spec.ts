import { describe, expect, it } from '@jest/globals';
import { frameIntervalMs, Motion } from './motion.ts';

const garage = { lat: -7.73, lng: 113.22 };
const market = { lat: -7.75, lng: 113.22 };
const landfill = { lat: -7.75, lng: 113.24 };

describe('movement between fixes', () => {
  it('is linear and takes as long as the fixes are apart', () => {
    const motion = new Motion({ still: false });
    motion.go('A', garage, 0);
    motion.go('A', market, 1000);
    expect(motion.at('A', 1000)).toEqual(garage);
    expect(motion.at('A', 1500)?.lat).toBeCloseTo(-7.74, 5);
    expect(motion.at('A', 2000)).toEqual(market);
    expect(motion.fastest(1500)).toBeCloseTo(0.02 / 1000, 9);
    expect(motion.fastest(2000)).toBe(0);
    expect(motion.arrivesMs()).toBe(2000);
  });

  it('goes on from where the marker is drawn when the next fix comes early', () => {
    const motion = new Motion({ still: false });
    motion.go('A', garage, 0);
    motion.go('A', market, 1000);
    motion.go('A', landfill, 1500);
    expect(motion.at('A', 1500)?.lat).toBeCloseTo(-7.74, 5);
    expect(motion.at('A', 2000)).toEqual(landfill);
  });

  it('catches up quickly after a long silence', () => {
    const motion = new Motion({ still: false });
    motion.go('A', garage, 0);
    motion.go('A', market, 600_000);
    expect(motion.at('A', 600_800)).toEqual(market);
  });

  it('stands still for the same place again, and for readers who asked for it', () => {
    const motion = new Motion({ still: false });
    motion.go('A', garage, 0);
    motion.go('A', { ...garage }, 1000);
    expect(motion.fastest(1001)).toBe(0);
    const still = new Motion({ still: true });
    still.go('A', garage, 0);
    still.go('A', market, 1000);
    expect(still.at('A', 1000)).toEqual(market);
  });

  it('forgets who left', () => {
    const motion = new Motion({ still: false });
    motion.go('A', garage, 0);
    motion.keep(new Set(['B']));
    expect(motion.at('A', 1)).toBeUndefined();
  });
});

describe('the time between two drawings', () => {
  it('is half a pixel of movement, within a frame and a quarter second', () => {
    expect(frameIntervalMs(0, 5000)).toBe(250);
    expect(frameIntervalMs(1e-6, 5000)).toBeCloseTo(100, 6);
    expect(frameIntervalMs(1e-3, 5000)).toBe(16);
    expect(frameIntervalMs(1e-9, 5000)).toBe(250);
  });
});
