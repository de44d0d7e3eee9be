import { describe, expect, it } from '@jest/globals';
import { isNews } from './position-rules.ts';

const here = { lat: -7.75, lng: 113.21, atMs: 1_000_000 };
const after = (seconds: number, metres: number) => ({
  ...{ lat: here.lat + metres / 111_195, lng: here.lng },
  atMs: here.atMs + seconds * 1000,
});
const onJob = { duty: 'on' as const, isOnJob: true };
const waiting = { duty: 'on' as const, isOnJob: false };

describe('where a crew’s phone is', () => {
  it('is told at once, every ten seconds while it moves on a job, and seldom while it waits', () => {
    expect(isNews(waiting, here, undefined)).toBe(true);
    expect(isNews(onJob, after(9, 100), here)).toBe(false);
    expect(isNews(onJob, after(10, 100), here)).toBe(true);
    expect(isNews(onJob, after(59, 5), here)).toBe(false);
    expect(isNews(onJob, after(60, 5), here)).toBe(true);
    expect(isNews(waiting, after(60, 500), here)).toBe(false);
    expect(isNews(waiting, after(120, 500), here)).toBe(true);
  });

  it('is nobody’s business off duty', () => {
    expect(isNews({ duty: 'off', isOnJob: false }, here, undefined)).toBe(false);
    expect(isNews({ duty: 'unreported', isOnJob: false }, after(900, 900), here)).toBe(false);
  });
});
