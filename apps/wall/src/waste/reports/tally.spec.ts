import { describe, expect, it } from '@jest/globals';
import { addToTally, perMinute, startTally, type Tally } from './tally.ts';

const start = Date.parse('2026-11-21T12:12:03Z');
const seconds = (count: number) => start + count * 1000;

/** One report every ten seconds for so long. */
function everyTen(tally: Tally, from: number, to: number): Tally {
  let counted = tally;
  for (let at = from; at < to; at += 10) counted = addToTally(counted, seconds(at), 1);
  return counted;
}

describe('reports per minute', () => {
  it('are not known before a minute has passed', () => {
    expect(perMinute(everyTen(startTally(start), 0, 60))).toEqual([]);
  });

  it('are the sum of the last sixty seconds, every ten seconds', () => {
    const tally = addToTally(everyTen(startTally(start), 0, 60), seconds(80), 0);
    expect(perMinute(tally)).toEqual([6, 5, 4]);
  });

  it('keep an hour, however long the screen slept', () => {
    const tally = addToTally(everyTen(startTally(start), 0, 60), seconds(5 * 3600), 4);
    expect(tally.slices).toHaveLength(360);
    expect(tally.slices.at(-1)).toBe(4);
    expect(perMinute(tally).every((count) => count === 0)).toBe(true);
  });

  it('stay the same object while nothing happens, so nothing is drawn again', () => {
    const tally = startTally(start);
    expect(addToTally(tally, seconds(1), 0)).toBe(tally);
  });
});
