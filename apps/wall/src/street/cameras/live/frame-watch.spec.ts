import { expect, it } from '@jest/globals';
import { FrameWatch } from './frame-watch.ts';

it('a picture moves as long as new frames come, has stopped after five seconds, and is given up after fifteen', () => {
  const frames = new FrameWatch(1000);
  expect(frames.at(16_000)).toBe('starting');
  frames.framed(16_000);
  expect(frames.at(21_000)).toBe('moving');
  expect(frames.at(21_001)).toBe('stopped');
  frames.framed(21_500);
  expect(frames.at(21_600)).toBe('moving');
  expect(frames.lastMs).toBe(21_500);
  expect(frames.at(36_500)).toBe('stopped');
  expect(frames.at(36_501)).toBe('given-up');
});

it('one whose first frame never comes is given up', () => {
  const frames = new FrameWatch(1000);
  expect(frames.at(16_001)).toBe('given-up');
  expect(frames.lastMs).toBeUndefined();
});
