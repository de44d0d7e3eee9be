import { describe, expect, it } from '@jest/globals';
import { logRecord, storedRecord, wireRecord } from './stored-record.ts';

describe('a record in the log', () => {
  it('keeps every header, also one with the name of a prototype', () => {
    const headers = Object.fromEntries([
      ['ce_id', '1'],
      ['__proto__', 'own'],
      ['constructor', 'own'],
    ]);
    const kept = logRecord(storedRecord(wireRecord({ key: 'k', value: Buffer.from('v'), headers }), 5), 2, 7);
    expect(Object.entries(kept.headers)).toEqual(Object.entries(headers));
    expect(kept).toMatchObject({ key: 'k', partition: 2, offset: 7, timeMs: 5 });
    expect(kept.value?.toString()).toBe('v');
  });
});
