import { describe, expect, it } from '@jest/globals';
import type { TopicEnds } from './event-log.ts';
import { FollowerPositions } from './follower-positions.ts';

const ends = (first: number, next: number, logId = 'a'): TopicEnds => ({ logId, partitions: [{ partition: 0, first, next }] }); // prettier-ignore
const place = (next: number) => new Map([[0, next]]);

/** A follower of topic `t` that begins at the start of what there is. */
function follower(from: TopicEnds) {
  const starts = new Map(from.partitions.map(({ partition, first }) => [partition, first]));
  const at = new FollowerPositions(new Map([['t', { starts, ends: from }]]));
  let caughtUp = false;
  void at.caughtUp.then(() => (caughtUp = true));
  return { at, caughtUp: () => Promise.resolve().then(() => caughtUp) };
}

describe('how far a follower is', () => {
  it('is caught up once it read as far as the log went', async () => {
    const { at, caughtUp } = follower(ends(3, 5));
    at.passed('t', 0, 4);
    expect([await caughtUp(), at.behind()]).toEqual([false, ['t']]);
    at.passed('t', 0, 5);
    expect([await caughtUp(), at.behind()]).toEqual([true, []]);
    expect(await follower(ends(5, 5)).caughtUp()).toBe(true);
  });

  it('is past what is gone from the start of the log', async () => {
    const { at, caughtUp } = follower(ends(0, 5));
    at.passed('t', 0, 2);
    expect(at.learn('t', ends(5, 5), place(2))).toBe(false);
    expect(at.positions('t')).toEqual(place(5));
    expect(await caughtUp()).toBe(true);
  });

  it('begins at the start of another log, and is caught up with that one', async () => {
    const { at, caughtUp } = follower(ends(0, 5));
    expect(at.learn('t', ends(1, 3, 'b'), place(0))).toBe(true);
    expect([at.logIdOf('t'), at.positions('t')]).toEqual(['b', place(1)]);
    at.passed('t', 0, 3);
    expect(await caughtUp()).toBe(true);
  });

  it('begins again when the log lost records it has read, not when it read on while it asked', () => {
    const { at } = follower(ends(0, 5));
    at.passed('t', 0, 5);
    const asked = at.positions('t');
    at.passed('t', 0, 8);
    expect(at.learn('t', ends(0, 7), asked)).toBe(false);
    expect(at.positions('t')).toEqual(place(8));
    expect(at.learn('t', ends(0, 7), at.positions('t'))).toBe(true);
    expect(at.positions('t')).toEqual(place(0));
  });
});
