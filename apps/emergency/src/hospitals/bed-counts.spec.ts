import { expect, it } from '@jest/globals';
import { countedAt } from './bed-counts.ts';

it('dates no count later than now, and takes neither tomorrow nor seconds for milliseconds', () => {
  const nowMs = Date.parse('2026-11-23T03:00:00+07:00');
  expect(countedAt(nowMs - 60_000, nowMs)).toBe(nowMs - 60_000);
  expect(countedAt(nowMs + 60_000, nowMs)).toBe(nowMs);
  expect(() => countedAt(nowMs + 600_000, nowMs)).toThrow(expect.objectContaining({ kind: 'invalid' }));
  expect(() => countedAt(Math.round(nowMs / 1000), nowMs)).toThrow(expect.objectContaining({ kind: 'invalid' }));
});
