import { describe, expect, it } from '@jest/globals';
import { linkDownSince } from './link-rules.ts';

const away = (sinceMs: number) => ({ health: 'unreachable', sinceMs }) as const;
const well = { health: 'live', sinceMs: 0 } as const;

describe('a link', () => {
  it.each([
    ['two fall together', [away(5000), away(9000)], undefined, 5000],
    ['and one that nobody looked at', [away(5000), away(9000), { health: 'unchecked', sinceMs: 0 } as const], undefined, 5000], // prettier-ignore
    ['one alone says nothing', [away(5000)], undefined, undefined],
    ['one is well', [away(5000), away(9000), well], undefined, undefined],
    ['they fell apart', [away(5000), away(16_000)], undefined, undefined],
    ['one that is black is reached', [away(5000), { health: 'black', sinceMs: 5000 } as const], undefined, undefined],
    ['it stays down, whoever falls later', [away(5000), away(90_000)], 5000, 5000],
    ['it is back with its first camera', [away(5000), well], 5000, undefined],
    ['it has no camera any more', [], 5000, undefined],
  ])('%s', (_, cameras, downSinceMs, wanted) => {
    expect(linkDownSince(cameras, downSinceMs)).toBe(wanted);
  });
});
