import { describe, expect, it } from '@jest/globals';
import { StallWatch, type Lag } from './stall-watch.ts';

const FOR_MS = 20_000;
const lag = (name: string, position = 5): Lag => ({ name, position, end: 9 });

/** A watch on a clock of its own, looked at every second. */
function watched() {
  let nowMs = 0;
  const watch = new StallWatch(() => nowMs);
  const found: string[] = [];
  const pass = (seconds: number, lags: () => readonly Lag[]) => {
    for (let second = 0; second < seconds; second += 1) {
      found.push(...watch.stalled(lags(), FOR_MS));
      nowMs += 1000;
    }
  };
  return { watch, found, pass };
}

describe('a partition', () => {
  it('that lags and does not move is stalled after 20 s, and no sooner', () => {
    const { found, pass } = watched();
    pass(20, () => [lag('a/0')]);
    expect(found).toEqual([]);
    pass(1, () => [lag('a/0')]);
    expect(found).toEqual(['a/0']);
  });

  it('is not hidden by others that move', () => {
    const { watch, found, pass } = watched();
    let position = 0;
    pass(21, () => {
      watch.moved('a/1');
      return [lag('a/0'), lag('a/1'), { name: 'a/2', position: position++, end: 100 }];
    });
    expect(found).toEqual(['a/0']);
  });

  it('whose event is tried five times, 10 s each, with pauses between, is not stalled', () => {
    const { watch, found, pass } = watched();
    pass(3600, () => [{ name: 'a/0', position: 5, end: 5 }]); // a quiet stream
    for (const pauseMs of [500, 1000, 2000, 4000, 0]) {
      watch.moved('a/0');
      pass(10, () => [lag('a/0')]);
      watch.moved('a/0', pauseMs);
      pass(pauseMs / 1000, () => [lag('a/0')]);
    }
    expect(found).toEqual([]);
  });

  it('whose announced next try never comes is stalled', () => {
    const { watch, found, pass } = watched();
    watch.moved('a/0', 5000);
    pass(25, () => [lag('a/0')]);
    expect(found).toEqual([]);
    pass(1, () => [lag('a/0')]);
    expect(found).toEqual(['a/0']);
  });

  it('is not blamed for a time in which nobody could look', () => {
    const { watch, found, pass } = watched();
    pass(15, () => [lag('a/0')]);
    watch.blinded();
    pass(15, () => [lag('a/0')]);
    expect(found).toEqual([]);
  });

  it('given away and got back begins anew', () => {
    const { found, pass } = watched();
    pass(15, () => [lag('a/0')]);
    pass(1, () => []);
    pass(15, () => [lag('a/0')]);
    expect(found).toEqual([]);
  });
});
