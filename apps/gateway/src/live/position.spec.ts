import { describe, expect, it } from '@jest/globals';
import { streams } from '@siaga/contracts';
import fc from 'fast-check';
import { tiled, within } from './area.ts';
import { decodePosition, encodePosition, type Position } from './position.ts';
import { StreamState } from './stream-state.ts';

const code = fc.stringMatching(/^[\w-]{5}$/);
const offset = fc.nat({ max: Number.MAX_SAFE_INTEGER });
/** To a centimetre: what lies nearer to an edge than a number can tell is no place. */
const degreesIn = (min: number, max: number) => fc.integer({ min: min * 1e7, max: max * 1e7 }).map((at) => at / 1e7);
const degrees = degreesIn(-80, 80);
const anArea = fc
  .record({ south: degrees, west: degrees, high: degreesIn(0, 9) })
  .map(({ south, west, high }) => ({ south, west, north: south + high, east: west + high }));
const aPosition: fc.Arbitrary<Position> = fc
  .record({
    epoch: fc.stringMatching(/^[\w-]{10}$/),
    area: fc.option(anArea.map(tiled)),
    atMs: offset,
    vector: fc.dictionary(code, fc.array(offset, { minLength: 1, maxLength: 4 })),
    mark: fc.option(fc.record({ code, partition: fc.nat(), offset, id: code }), { nil: undefined }),
  })
  .map(({ vector, mark, ...rest }) => ({
    ...rest,
    vector: new Map(Object.entries(vector)),
    ...(mark === undefined ? {} : { mark }),
  }));

describe('a position', () => {
  it('survives its way to the screen and back', () => {
    fc.assert(fc.property(aPosition, (position) => expect(decodePosition(encodePosition(position))).toEqual(position)));
  });

  it('is read or refused, whatever a client sends', () => {
    const cutUp = fc.tuple(aPosition, fc.nat(), fc.string()).map(([position, at, text]) => {
      const whole = encodePosition(position);
      return whole.slice(0, at % whole.length) + text + whole.slice((at % whole.length) + 1);
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), cutUp), (text) => {
        const position = decodePosition(text);
        if (position !== undefined)
          for (const offsets of position.vector.values()) expect(offsets.every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });

  it('has a code of its own for each stream of the catalogue, and stays short', () => {
    const sources = streams.map((stream) => ({
      ...{ stream, events: [], topic: `3574.${stream.name}`, logId: 'log' },
      ends: Array.from({ length: stream.partitions }, () => ({ first: 0, next: 4_000_000_000 })),
    }));
    const state = new StreamState(sources);
    state.caughtUp();
    expect(new Set(streams.map((stream) => state.code(stream))).size).toBe(streams.length);
    const text = encodePosition({ epoch: 'e'.repeat(10), area: null, atMs: Date.now(), vector: state.vector });
    expect(text.length).toBeLessThan(40 + streams.length * 32);
  });
});

describe('an area in tiles', () => {
  it('holds what the area holds, is at most a quarter larger on each side, and is its own', () => {
    fc.assert(
      fc.property(anArea, (area) => {
        const grown = tiled(area);
        const extent = Math.max(area.north - area.south, area.east - area.west, 1 / 16);
        for (const lat of [area.south, area.north]) expect(within(grown, { lat, lng: area.west })).toBe(true);
        expect(area.south - grown.south).toBeLessThanOrEqual(extent / 4);
        expect(grown.east - area.east).toBeLessThanOrEqual(extent / 4);
      }),
    );
  });

  it('keeps what has no place, and everything where there is no area', () => {
    expect(within({ south: 0, west: 0, north: 1, east: 1 }, undefined)).toBe(true);
    expect(within(null, { lat: 50, lng: 50 })).toBe(true);
    expect(within({ south: 0, west: 0, north: 1, east: 1 }, { lat: 2, lng: 0 })).toBe(false);
  });
});
