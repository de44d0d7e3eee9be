import { describe, expect, it } from '@jest/globals';
import { refusalsOf, sumIntake } from './intake.ts';

const today = '2026-11-21';

describe('reports of a day', () => {
  it('are summed over trucks, with the most frequent reason for a refusal', () => {
    const sum = sumIntake(
      [
        { day: today, accepted: 10, duplicates: 2, refused: { 'clock-ahead': 2, 'null-island': 1 } },
        { day: today, accepted: 5, duplicates: 0, refused: { 'null-island': 2 } },
      ],
      today,
    );
    expect(sum).toEqual({ accepted: 15, duplicates: 2, refused: 5, mostly: 'null-island' });
  });

  it('of another day do not count', () => {
    const sum = sumIntake([{ day: '2026-11-20', accepted: 10, duplicates: 2, refused: { malformed: 1 } }], today);
    expect(sum).toEqual({ accepted: 0, duplicates: 0, refused: 0 });
  });

  it('are refused for the most frequent reason first', () => {
    expect(refusalsOf({ refused: { malformed: 1, 'too-old': 4 } })).toEqual([
      ['too-old', 4],
      ['malformed', 1],
    ]);
  });
});
