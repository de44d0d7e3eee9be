import { describe, expect, it } from '@jest/globals';
import { TruckMoved, type Frame, type LatestEntry } from '@siaga/contracts';
import { Applied } from './applied.ts';

const meta = { source: 'test', at: 5 };
const moved = (truckId: string, atMs: number): LatestEntry => [
  TruckMoved.name,
  truckId,
  { truckId, atMs, lat: 0, lng: 0, protocol: 'osmand' },
  meta,
];
const gone = (truckId: string): LatestEntry => [TruckMoved.name, truckId, null, meta];
const frame = (over: Partial<Frame>): Frame => ({ at: 1, position: 'p', latest: [], every: [], ...over });
const shown = (applied: Applied) =>
  Object.fromEntries([...applied.latest(TruckMoved.name)].map(([key, { atMs }]) => [key, atMs]));

describe('a frame', () => {
  it('never puts an older version over a newer one, and says what changed', () => {
    const applied = new Applied();
    expect([...applied.apply(frame({ latest: [moved('a', 20)] })).changed]).toEqual([TruckMoved.name]);
    expect([...applied.apply(frame({ latest: [moved('a', 10)] })).changed]).toEqual([]);
    expect(shown(applied)).toEqual({ a: 20 });
  });

  it('takes a key that left the area away, and back when it returns unmoved', () => {
    const applied = new Applied();
    applied.apply(frame({ latest: [moved('a', 20)] }));
    applied.apply(frame({ latest: [gone('a')] }));
    expect(shown(applied)).toEqual({});
    applied.apply(frame({ latest: [moved('a', 20)] }));
    expect(shown(applied)).toEqual({ a: 20 });
  });

  it('brings each event once, within the last 20,000 ids', () => {
    const applied = new Applied();
    const event = (id: string) => frame({ every: [['x', 'k', {}, id, meta]] });
    expect(applied.apply(event('first')).every).toHaveLength(1);
    for (let id = 0; id < 19_999; id += 1) applied.apply(event(String(id)));
    expect(applied.apply(event('first')).every).toHaveLength(0);
    applied.apply(event('one more'));
    expect(applied.apply(event('0')).every).toHaveLength(0);
    expect(applied.apply(event('first')).every).toHaveLength(1);
  });
});

describe('what is forgotten', () => {
  it('is every value and the place, but no event that was told', () => {
    const applied = new Applied();
    applied.apply(frame({ latest: [moved('a', 20)], every: [['x', 'k', {}, 'e1', meta]] }));
    expect([...applied.forget()]).toEqual([TruckMoved.name]);
    expect([shown(applied), applied.position]).toEqual([{}, undefined]);
    applied.apply(frame({ latest: [moved('a', 10)] }));
    expect([shown(applied), applied.apply(frame({ every: [['x', 'k', {}, 'e1', meta]] })).every]).toEqual([
      { a: 10 },
      [],
    ]);
  });
});

describe('a snapshot in parts', () => {
  const part = (index: number, last: boolean, latest: LatestEntry[]) =>
    frame({ latest, part: { index, last }, position: 'snapshot' });

  it('replaces everything known in one step, with its last part', () => {
    const applied = new Applied();
    applied.apply(frame({ latest: [moved('old', 1)], position: 'before' }));
    applied.apply(part(0, false, [moved('a', 1)]));
    expect([shown(applied), applied.position]).toEqual([{ old: 1 }, 'before']);
    applied.apply(part(1, true, [moved('b', 2)]));
    expect([shown(applied), applied.position]).toEqual([{ a: 1, b: 2 }, 'snapshot']);
  });

  it('that was cut counts for nothing', () => {
    const applied = new Applied();
    applied.apply(part(0, false, [moved('a', 1)]));
    applied.reconnected();
    expect(applied.apply(part(1, true, [moved('b', 1)])).changed.size).toBe(0);
    expect(applied.position).toBeUndefined();
    applied.apply(part(0, false, [moved('c', 1)]));
    applied.apply(part(0, true, [moved('d', 1)]));
    expect(shown(applied)).toEqual({ d: 1 });
  });
});
