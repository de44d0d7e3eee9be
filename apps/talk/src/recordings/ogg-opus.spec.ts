import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { oggOpus } from './ogg-opus.ts';

interface Page {
  readonly flags: number;
  readonly granule: number;
  readonly sequence: number;
  readonly packets: Buffer[];
}

/** Reads pages as RFC 3533 §6 says; throws where a checksum is wrong. */
function pagesOf(file: Buffer): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < file.length;) {
    expect(file.toString('latin1', at, at + 4)).toBe('OggS');
    const segments = [...file.subarray(at + 27, at + 27 + file.readUInt8(at + 26))];
    const begin = at + 27 + segments.length;
    const end = begin + segments.reduce((sum, size) => sum + size, 0);
    const page = Buffer.from(file.subarray(at, end));
    const sum = page.readUInt32LE(22);
    page.writeUInt32LE(0, 22);
    expect(bitwise(page)).toBe(sum);
    const packets: Buffer[] = [];
    let from = begin;
    let size = 0;
    for (const segment of segments) {
      size += segment;
      if (segment === 255) continue;
      packets.push(file.subarray(from, from + size));
      [from, size] = [from + size, 0];
    }
    pages.push({
      ...{ flags: file.readUInt8(at + 5), granule: Number(file.readBigInt64LE(at + 6)) },
      ...{ sequence: file.readUInt32LE(at + 18), packets },
    });
    at = end;
  }
  return pages;
}

/** The checksum by its definition, bit by bit. */
function bitwise(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

const packet = fc.uint8Array({ minLength: 1, maxLength: 600 });

describe('Opus in Ogg', () => {
  it('has every packet once and in its order, and as much time as was spoken', () => {
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 160 }), fc.string(), (packets, title) => {
        const [head, tags, ...pages] = pagesOf(oggOpus(packets, { title, inputHz: 16_000 }));
        expect(head?.packets[0]?.toString('latin1', 0, 8)).toBe('OpusHead');
        expect(tags?.packets[0]?.toString('latin1', 0, 8)).toBe('OpusTags');
        expect(tags?.packets[0]?.toString('utf8')).toContain(`TITLE=${title.toWellFormed()}`);
        expect(pages.flatMap((page) => page.packets)).toEqual(packets.map((one) => Buffer.from(one)));
        expect(pages.at(-1)).toMatchObject({ flags: 4, granule: 312 + packets.length * 960 });
        expect([head, tags, ...pages].map((page) => page?.sequence)).toEqual(
          pages.length > 0 ? [...Array(pages.length + 2).keys()] : [],
        );
        expect(pages.every((page, at) => at === 0 || page.granule > (pages[at - 1]?.granule ?? 0))).toBe(true);
      }),
    );
  });

  it('a packet that never came lasts as long as one that did: a frame of no bytes, of the mode around it', () => {
    const [, , page] = pagesOf(
      oggOpus([Uint8Array.of(0x4b, 1, 2), undefined, Uint8Array.of(0x4b, 3)], {
        title: 'RKM-00000001',
        inputHz: 16_000,
      }),
    );
    expect(page?.packets.map((one) => [...one])).toEqual([[0x4b, 1, 2], [0x48], [0x4b, 3]]);
    expect(page?.granule).toBe(312 + 3 * 960);
  });
});
