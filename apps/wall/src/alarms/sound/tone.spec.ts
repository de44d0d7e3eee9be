import { describe, expect, it } from '@jest/globals';
import { toneOf } from './tone.ts';

const at = 1_000_000;

describe('what an alarm sounds like', () => {
  it.each([
    ['raised', 'critical', 'grave'],
    ['escalated', 'high', 'firm'],
    ['reopened', 'high', 'firm'],
    ['raised', 'medium', undefined],
    ['eased', 'critical', undefined],
    ['acknowledged', 'critical', undefined],
    ['cleared', 'high', undefined],
  ] as const)('%s, %s: %s', (step, severity, tone) => {
    expect(toneOf({ step, severity, atMs: at }, at + 1000)).toBe(tone);
  });

  it('keeps quiet of what happened while the screen was away', () => {
    expect(toneOf({ step: 'raised', severity: 'critical', atMs: at }, at + 31_000)).toBeUndefined();
  });
});
