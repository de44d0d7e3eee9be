import { createHash } from 'node:crypto';

/**
 * Opus in Ogg: RFC 3533 (pages), RFC 7845 (headers, granule positions). One logical stream, mono, from packets of 20 ms.
 */

/** Samples of 20 ms at 48 kHz, in which granule positions count whatever was recorded (RFC 7845 §4). */
const PACKET_SAMPLES = 960;
/** What a decoder throws away at the beginning: libopus' own, 6.5 ms (RFC 7845 §4.2). */
const PRE_SKIP = 312;
/** A page of at most a second: a file that breaks off loses no more. */
const PACKETS_A_PAGE = 50;
const SEGMENT = 255;
const MOST_SEGMENTS = 255;

const HEAD_OF_STREAM = 2;
const END_OF_STREAM = 4;

/** What a file of sound says of itself. */
export interface SoundFile {
  /** Its own, so that no two files are the same bytes: what is erased is nobody else's. */
  readonly title: string;
  readonly inputHz: number;
}

/** The packets of a burst in their order; `undefined`: one that never arrived, silent for its 20 ms. */
export function oggOpus(packets: readonly (Uint8Array | undefined)[], { title, inputHz }: SoundFile): Buffer {
  const write = pageWriter(createHash('sha256').update(title).digest().readUInt32LE());
  const pages = [
    write({ packets: [opusHead(inputHz)], granule: 0n, flags: HEAD_OF_STREAM }),
    write({ packets: [opusTags(title)], granule: 0n, flags: 0 }),
  ];
  const filled = concealed(packets);
  for (let from = 0; from < filled.length;) {
    const size = fitting(filled, from);
    const next = from + size;
    const granule = BigInt(PRE_SKIP + next * PACKET_SAMPLES);
    pages.push(
      write({ packets: filled.slice(from, next), granule, flags: next === filled.length ? END_OF_STREAM : 0 }),
    );
    from = next;
  }
  return Buffer.concat(pages);
}

/** A frame of no bytes is one that was lost, and lasts as long as its table of contents says (RFC 6716 §3.2.1). */
function concealed(packets: readonly (Uint8Array | undefined)[]): Uint8Array[] {
  const [first] = packets.filter((packet) => packet !== undefined);
  let contents = first?.[0] ?? SILK_WIDEBAND_20_MS;
  return packets.map((packet) => {
    contents = packet?.[0] ?? contents;
    // the same mode, one frame
    return packet ?? Uint8Array.of(contents & 0xfc);
  });
}
/** Configuration 9, mono, one frame: RFC 6716 §3.1. */
const SILK_WIDEBAND_20_MS = 9 << 3;

const segmentsOf = (packet: Uint8Array) => Math.floor(packet.length / SEGMENT) + 1;

function fitting(packets: readonly Uint8Array[], from: number): number {
  let segments = 0;
  let size = 0;
  while (size < PACKETS_A_PAGE) {
    const packet = packets[from + size];
    if (packet === undefined || segments + segmentsOf(packet) > MOST_SEGMENTS) break;
    segments += segmentsOf(packet);
    size += 1;
  }
  return Math.max(1, size);
}

function pageWriter(serial: number) {
  let sequence = 0;
  return ({ packets, granule, flags }: { packets: readonly Uint8Array[]; granule: bigint; flags: number }): Buffer => {
    const lacing = packets.flatMap((packet) => [
      ...Array<number>(segmentsOf(packet) - 1).fill(SEGMENT),
      packet.length % SEGMENT,
    ]);
    const header = Buffer.alloc(27 + lacing.length);
    header.write('OggS');
    header.writeUInt8(flags, 5);
    header.writeBigInt64LE(granule, 6);
    header.writeUInt32LE(serial >>> 0, 14);
    header.writeUInt32LE(sequence, 18);
    header.writeUInt8(lacing.length, 26);
    header.set(lacing, 27);
    sequence += 1;
    const page = Buffer.concat([header, ...packets]);
    page.writeUInt32LE(checksum(page), 22);
    return page;
  };
}

function opusHead(inputHz: number): Uint8Array {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head.writeUInt8(1, 8); // version
  head.writeUInt8(1, 9); // channels
  head.writeUInt16LE(PRE_SKIP, 10);
  head.writeUInt32LE(inputHz, 12);
  return head; // no gain, mapping family 0
}

/** RFC 7845 §5.2: whose sound it is, and its title, which no other file has. */
function opusTags(title: string): Uint8Array {
  const [vendor, comment] = [Buffer.from('Siaga'), Buffer.from(`TITLE=${title}`)];
  const counts = [vendor.length, 1, comment.length].map((count) => {
    const word = Buffer.alloc(4);
    word.writeUInt32LE(count);
    return word;
  });
  const [ofVendor, ofComments, ofComment] = counts as [Buffer, Buffer, Buffer];
  return Buffer.concat([Buffer.from('OpusTags'), ofVendor, vendor, ofComments, ofComment, comment]);
}

/** CRC-32 of RFC 3533 §6: polynomial 0x04c11db7, not reflected, from 0. */
const table = Array.from({ length: 256 }, (_, at) => {
  let value = at << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum << 8) ^ (table[((sum >>> 24) ^ byte) & 0xff] ?? 0);
  return sum >>> 0;
}
