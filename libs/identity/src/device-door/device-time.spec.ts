import { describe, expect, it } from '@jest/globals';
import { deviceTimeMs } from './device-time.ts';

const at = Date.UTC(2026, 0, 15, 3, 4, 5);

describe('the time a device says', () => {
  it.each([
    ['epoch seconds', '1768446245', at],
    ['epoch seconds as a number', 1768446245, at],
    ['epoch seconds with a fraction', '1768446245.250', at + 250],
    ['epoch milliseconds', '1768446245000', at],
    ['the last second below 2^31', '2147483647', 2147483647000],
    ['the first millisecond from 2^31', '2147483648', 2147483648],
    ['ISO with Z', '2026-01-15T03:04:05.000Z', at],
    ['ISO with a lower-case z', '2026-01-15T03:04:05z', at],
    ['ISO with +00:00', '2026-01-15T03:04:05.000+00:00', at],
    ['ISO with +0700', '2026-01-15T10:04:05+0700', at],
    ['ISO whose plus became a blank', '2026-01-15T10:04:05 07:00', at],
    ['ISO without a zone, as UTC', '2026-01-15T03:04:05', at],
    ['date and time with a blank, as UTC', '2026-01-15 03:04:05', at],
  ])('reads %s', (_, said, expected) => {
    expect(deviceTimeMs(said)).toBe(expected);
  });

  it.each(['', 'NaN', 'now', '-5', '1e9', '2026-13-01T00:00:00Z', '15/01/2026 03:04', '99999999999999999999'])(
    'takes %p for no time',
    (said) => {
      expect(deviceTimeMs(said)).toBeNaN();
    },
  );
});
