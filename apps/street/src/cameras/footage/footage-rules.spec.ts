import { describe, expect, it } from '@jest/globals';
import { FootageStatus } from '@siaga/contracts';
import { decided, handedOver } from './footage-rules.ts';

const asked = (status: FootageStatus = 'requested') => ({ status, askedBy: 'p1' });
const other = { by: 'p2', nowMs: 5 };

describe('a request for recordings', () => {
  it('is decided by somebody else than who wrote it down, city administrator or not', () => {
    expect(() => decided(asked(), { by: 'p1', nowMs: 5 }, { status: 'approved' })).toThrow(/orang lain/);
    expect(() => decided(asked(), { by: 'p1', nowMs: 5 }, { status: 'refused', note: 'x' })).toThrow(/orang lain/);
    expect(decided(asked(), other, { status: 'approved' })).toEqual({
      ...{ status: 'approved', decision: { by: 'p2', atMs: 5 } },
    });
    expect(decided(asked(), other, { status: 'refused', note: 'tanpa surat' })).toEqual({
      ...{ status: 'refused', decision: { by: 'p2', atMs: 5, note: 'tanpa surat' } },
    });
  });

  it('is decided once, and handed over once, after it was approved', () => {
    for (const status of FootageStatus.options) {
      const decide = () => decided(asked(status), other, { status: 'approved' });
      if (status === 'requested') expect(decide).not.toThrow();
      else expect(decide).toThrow(/permintaan ini/);
      const handOver = () => handedOver(asked(status), other, { how: 'USB' });
      if (status === 'approved')
        expect(handOver()).toEqual({ status: 'handed-over', handOver: { by: 'p2', atMs: 5, how: 'USB' } }); // prettier-ignore
      else expect(handOver).toThrow(/permintaan ini/);
    }
  });
});
