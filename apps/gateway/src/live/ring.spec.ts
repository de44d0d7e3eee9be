import { describe, expect, it } from '@jest/globals';
import { FixRecorded } from '@siaga/contracts';
import type { EveryEvent } from './events.ts';
import { Ring } from './ring.ts';

const event = (offset: number, over: Partial<EveryEvent> = {}): EveryEvent => ({
  ...{
    event: FixRecorded,
    key: 'k',
    data: {},
    veil: undefined,
    id: `e${offset}`,
    meta: { source: 'test', at: 1000 + offset },
  },
  ...{ audience: 1, partition: 0, offset, order: offset, bytes: 100 },
  ...over,
});
const ids = (events: readonly EveryEvent[]) => events.map(({ id }) => id);

describe('a ring', () => {
  it('knows what it covers when reading begins in the middle of the log', () => {
    const ring = new Ring([{ first: 0, next: 50 }]);
    expect([ring.covers(0, 49), ring.covers(0, 50)]).toEqual([false, true]);
    ring.begin(0, 20);
    expect([ring.covers(0, 19), ring.covers(0, 20)]).toEqual([false, true]);
  });

  it('covers everything when it begins where the log begins, gaps included', () => {
    const ring = new Ring([{ first: 7, next: 50 }]);
    ring.begin(0, 7);
    expect(ring.covers(0, 0)).toBe(true);
  });

  it('finds what comes at or after an offset, across gaps', () => {
    const ring = new Ring([{ first: 0, next: 0 }]);
    for (const offset of [0, 3, 4, 9]) ring.put(event(offset));
    expect([ids(ring.since(0, 1)), ids(ring.since(0, 4)), ids(ring.since(0, 10))]).toEqual([
      ['e3', 'e4', 'e9'],
      ['e4', 'e9'],
      [],
    ]);
    expect([ring.at(0, 4)?.id, ring.at(0, 5)]).toEqual(['e4', undefined]);
  });

  it('lets go of what is too old or too much, oldest first, and then says so', () => {
    const ring = new Ring(
      [0, 1].map(() => ({ first: 0, next: 0 })),
      { keepForMs: 10, maxBytes: 350 },
    );
    for (const offset of [0, 1, 2]) ring.put(event(offset, { partition: offset % 2 }));
    ring.put(event(3, { partition: 1 }));
    expect([ids(ring.since(0, 0)), ids(ring.since(1, 0))]).toEqual([['e2'], ['e1', 'e3']]);
    expect([ring.of('e0')?.id, ring.covers(0, 0), ring.covers(1, 0)]).toEqual([undefined, false, true]);
    ring.expire(1013);
    expect([ring.of('e1')?.id, ring.of('e2')?.id, ring.of('e3')?.id, ring.covers(1, 1)]).toEqual([
      undefined,
      undefined,
      'e3',
      false,
    ]);
  });

  it('stays small over a long time', () => {
    const ring = new Ring([{ first: 0, next: 0 }], { keepForMs: 100, maxBytes: 1e9 });
    for (let offset = 0; offset < 20_000; offset += 1) {
      ring.put(event(offset));
      ring.expire(1000 + offset);
    }
    expect(ring.since(0, 0)).toHaveLength(101);
    expect(ring.covers(0, 19_899)).toBe(true);
    expect(ring.covers(0, 19_898)).toBe(false);
  });
});
