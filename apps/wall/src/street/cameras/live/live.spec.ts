import { expect, it } from '@jest/globals';
import { asked, failed, renewed, seen, type Live } from './live.ts';

const opened = { cameraId: 'flora', ticket: 'T', untilMs: 300_000, watermark: 'p1 · 22 Nov 2026 19.10.05' };

it('a moving picture that fails is said to fail since then, however often it is tried, until it moves', () => {
  let live: Live = { phase: 'none' };
  live = asked(live, opened);
  expect(live.phase).toBe('starting');
  live = failed(live, { why: 'no-server', nowMs: 1000 });
  live = asked(live, opened);
  live = failed(live, { why: 'not-there', nowMs: 30_000 });
  expect(live).toEqual({ phase: 'failed', why: 'not-there', sinceMs: 1000, opened });
  live = seen(live, { phase: 'moving', as: 'webrtc', sinceMs: 31_000 });
  expect(live).toEqual({ phase: 'moving', as: 'webrtc', sinceMs: 31_000, opened });
  live = failed(live, { why: 'broken-off', nowMs: 40_000 });
  expect(live.sinceMs).toBe(40_000);
});

it('what is not new is the same object, so that nothing is drawn again', () => {
  const moving = seen({ phase: 'starting', opened }, { phase: 'moving', as: 'webrtc', sinceMs: 1000 });
  expect(seen(moving, { phase: 'moving', as: 'webrtc', sinceMs: 1500 })).toBe(moving);
  expect(renewed(moving, opened)).toBe(moving);
  expect(seen(moving, { phase: 'stopped', as: 'webrtc', sinceMs: 1200 })).toMatchObject({ phase: 'stopped', sinceMs: 1200, opened }); // prettier-ignore
});
