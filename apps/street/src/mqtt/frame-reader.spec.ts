import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameReader, PINGREQ } from './frame-reader.ts';

/** A packet of MQTT: its fixed header, and so many bytes behind it. */
function packetOf(kind: number, bytes: number): Buffer {
  const length: number[] = [];
  let left = bytes;
  do {
    const rest = Math.floor(left / 128);
    length.push((left % 128) + (rest > 0 ? 128 : 0));
    left = rest;
  } while (left > 0);
  return Buffer.concat([Buffer.from([kind << 4, ...length]), Buffer.alloc(bytes, 0xff)]);
}

describe('headers of a stream', () => {
  it('are found wherever it is cut', () => {
    const packet = fc.record({ kind: fc.integer({ min: 1, max: 14 }), bytes: fc.integer({ min: 0, max: 20_000 }) });
    const cuts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 8 }), cuts, (packets, sizes) => {
        const stream = Buffer.concat(packets.map(({ kind, bytes }) => packetOf(kind, bytes)));
        const reader = new FrameReader();
        const found = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          found.push(...reader.read(stream.subarray(at, at + size)));
          at += size;
        }
        // two bytes of a PUBLISH say how long its topic is: here 0xffff
        const told = packets.map(({ kind, bytes }) => (kind === 3 && bytes > 1 ? { kind, bytes, topicBytes: 65_535 } : { kind, bytes })); // prettier-ignore
        expect(found).toEqual(told);
      }),
    );
  });

  it('tell how long a packet is before it is there', () => {
    expect(new FrameReader(65_536).read(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]))).toEqual([
      { kind: 3, bytes: 268_435_455 },
    ]);
  });

  it('tell how long its topic is, before that is there', () => {
    const reader = new FrameReader(65_536);
    expect(reader.read(Buffer.from([0x32, 0x80, 0x02, 0x00]))).toEqual([]);
    expect(reader.read(Buffer.from([0xc8]))).toEqual([{ kind: 3, bytes: 256, topicBytes: 200 }]);
    expect(reader.read(Buffer.concat([Buffer.alloc(254), Buffer.from([0xc0, 0x00])]))).toEqual([
      { kind: PINGREQ, bytes: 0 },
    ]);
  });

  it('end, or are too long', () => {
    expect(new FrameReader().read(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff]))).toEqual([{ kind: 3, bytes: Infinity }]);
    expect(new FrameReader().read(Buffer.from([0xc0, 0x00, 0xc0, 0x00]))).toEqual([
      { kind: PINGREQ, bytes: 0 },
      { kind: PINGREQ, bytes: 0 },
    ]);
  });
});
