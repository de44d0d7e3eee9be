import { describe, expect, it } from '@jest/globals';
import { ThingKey, thingKey, thingOfKey, ThingRef } from './thing.ts';

describe('a thing and its key', () => {
  it('name each other', () => {
    const lamp = ThingRef.parse({ kind: 'lamp', thingId: 'PJU-0142' });
    expect(thingKey(lamp)).toBe('lamp:PJU-0142');
    expect(thingOfKey(ThingKey.parse(thingKey(lamp)))).toEqual(lamp);
  });

  it.each(['lamp', 'lamp:', ':PJU', 'Lamp:1', 'lamp:a b', 'l:1', 'lamp:a:b', 'lamp:a.'])('%s is no key', (text) => {
    expect(ThingKey.safeParse(text).success).toBe(false);
  });
});
