import { describe, expect, it } from '@jest/globals';
import { TruckMoved } from '@siaga/contracts';
import type { LatestValue } from './events.ts';
import { LatestTable, TOMBSTONE_MS } from './latest-table.ts';

const value = (key: string, at: number, data: unknown): LatestValue => ({
  ...{ event: TruckMoved, key, data, veil: undefined, meta: { source: 'test', at }, version: at, place: undefined },
  ...{ audience: 1, formerly: 1, knownFrom: 0, partition: 0, offset: at, bytes: 10 },
});

describe('a table of latest values', () => {
  it('forgets a tombstone after a day, never a value, nor a key that came back', () => {
    const table = new LatestTable();
    table.putIfNewer(value('stays', 1, {}));
    table.putIfNewer(value('gone', 2, null));
    table.putIfNewer(value('back', 3, null));
    table.putIfNewer(value('gone later', 4, null));
    table.putIfNewer(value('back', 5, {}));
    const keys = () => [...table.values()].map(({ key }) => key);

    table.expire(2 + TOMBSTONE_MS);
    expect(keys()).toEqual(['stays', 'gone', 'back', 'gone later']);
    table.expire(3 + TOMBSTONE_MS);
    expect(keys()).toEqual(['stays', 'back', 'gone later']);
    table.expire(6 + TOMBSTONE_MS);
    expect(keys()).toEqual(['stays', 'back']);
  });

  it('keeps for another day a key that went, came back and went again', () => {
    const table = new LatestTable();
    for (const [at, data] of [[1, null], [2, {}], [1000, null]] as const) table.putIfNewer(value('k', at, data)); // prettier-ignore
    table.expire(1000 + TOMBSTONE_MS);
    expect(table.get('k')?.data).toBeNull();
    table.expire(1001 + TOMBSTONE_MS);
    expect(table.get('k')).toBeUndefined();
  });
});
