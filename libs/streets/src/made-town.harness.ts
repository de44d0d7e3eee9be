import { writeFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import type { Tags } from './osm-element.ts';

export interface MadeNode {
  readonly id: number;
  readonly lat: number;
  readonly lng: number;
  readonly tags?: Tags;
}
export interface MadeWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags: Tags;
}
export interface MadeTown {
  readonly takenAtMs: number;
  readonly nodes: readonly MadeNode[];
  readonly ways: readonly MadeWay[];
}

/** Around here the town lies: the ground is of Kota Probolinggo, its streets are of nobody. */
export const townArea = { south: -7.77, west: 113.19, north: -7.73, east: 113.23 };

const lat = -7.75;
/** OpenStreetMap keeps seven decimals. */
const exact = (degrees: number) => Number(degrees.toFixed(7));
const at = (id: number, metresEast: number, metresNorth: number, tags?: Tags): MadeNode => ({
  ...{ id, lat: exact(lat + metresNorth / 111_195), lng: exact(113.21 + metresEast / 110_180) },
  ...(tags === undefined ? {} : { tags }),
});

/**
 * An invented town. *Jalan Kenanga Tua* goes from 1 km west to 1 km east, *Jl. KH Badrun Salim* crosses it in the middle and
 * may only be driven north, *Jalan Dukuh Wetan* leads back south, 600 m to the east; of *Gang III* there are two, far apart.
 */
export const town: MadeTown = {
  takenAtMs: 1_780_000_000_000,
  nodes: [
    ...[at(1, -1000, 0), at(2, -400, 0), at(3, 0, 0), at(4, 600, 0), at(5, 1000, 0)],
    ...[at(6, 0, -600), at(7, 0, 600), at(8, 600, 600), at(9, 600, -600)],
    ...[at(10, -400, 120), at(11, 1000, -120), at(12, 0, 9000), at(13, 1010, 0)],
    at(20, -300, 25, { amenity: 'bank', name: 'Bank Melati', brand: 'BM' }),
    at(21, 620, 500, { amenity: 'bank', name: 'Bank Melati' }),
    at(22, 0, 8000, { amenity: 'school', name: 'Sekolah Jauh' }),
    ...[at(30, 300, 300), at(31, 340, 300), at(32, 340, 340), at(33, 300, 340)],
  ],
  ways: [
    {
      id: 101,
      refs: [1, 2, 3],
      tags: { highway: 'secondary', name: 'Jalan Kenanga Tua', old_name: 'Jl. Stasiun Lama' },
    },
    { id: 102, refs: [3, 4, 5], tags: { highway: 'secondary', name: 'Jalan Kenanga Tua' } },
    { id: 103, refs: [6, 3, 7, 12], tags: { highway: 'residential', name: 'Jl. KH Badrun Salim', oneway: 'yes' } },
    { id: 104, refs: [7, 8], tags: { highway: 'residential' } },
    { id: 105, refs: [8, 4, 9], tags: { highway: 'residential', name: 'Jalan Dukuh Wetan' } },
    { id: 106, refs: [2, 10], tags: { highway: 'footway', name: 'Gang III' } },
    { id: 107, refs: [5, 11], tags: { highway: 'path', name: 'Gang III' } },
    { id: 108, refs: [9, 6], tags: { highway: 'service', access: 'private' } },
    { id: 109, refs: [5, 13], tags: { highway: 'service', access: 'no', emergency: 'yes' } },
    { id: 201, refs: [30, 31, 32, 33, 30], tags: { amenity: 'marketplace', name: 'Pasar Cempaka' } },
  ],
};

/** As an `.osm` file. */
export async function writeOsmXml(file: string, { takenAtMs, nodes, ways }: MadeTown): Promise<void> {
  const tagged = (tags: Tags = {}) => Object.entries(tags).map(([k, v]) => `<tag k="${k}" v="${v}"/>`).join(''); // prettier-ignore
  const lines = [
    `<?xml version="1.0" encoding="UTF-8"?><osm version="0.6" timestamp="${new Date(takenAtMs).toISOString()}">`,
    ...nodes.map((one) => `<node id="${String(one.id)}" lat="${String(one.lat)}" lon="${String(one.lng)}">${tagged(one.tags)}</node>`), // prettier-ignore
    ...ways.map((one) => `<way id="${String(one.id)}">${one.refs.map((ref) => `<nd ref="${String(ref)}"/>`).join('')}${tagged(one.tags)}</way>`), // prettier-ignore
    '<relation id="1"><member type="way" ref="101" role=""/><tag k="type" v="route"/></relation></osm>',
  ];
  await writeFile(file, lines.join('\n'));
}

/** As an `.osm.pbf` file: a header, a block of dense nodes, a block of ways, each packed. */
export async function writeOsmPbf(file: string, { takenAtMs, nodes, ways }: MadeTown): Promise<void> {
  const strings = ['', ...new Set([...nodes, ...ways].flatMap(({ tags = {} }) => Object.entries(tags).flat()))];
  const table = Buffer.concat(strings.map((one) => field(1, Buffer.from(one))));
  const blockOf = (group: Buffer) => blobOf('OSMData', Buffer.concat([field(1, table), field(2, group)]));
  const numbersOf = (tags: Tags = {}) => Object.entries(tags).map((pair) => pair.map((word) => strings.indexOf(word)));
  const dense = Buffer.concat([
    packed(1, steps(nodes.map(({ id }) => id)).map(zigzag)),
    packed(8, steps(nodes.map((one) => Math.round(one.lat * 1e7))).map(zigzag)),
    packed(9, steps(nodes.map((one) => Math.round(one.lng * 1e7))).map(zigzag)),
    packed(10, nodes.flatMap(({ tags }) => [...numbersOf(tags).flat(), 0])), // prettier-ignore
  ]);
  const wayOf = ({ id, refs, tags }: MadeWay) =>
    Buffer.concat([
      ...[varint(1 << 3), varint(id)],
      packed(2, numbersOf(tags).map(([key = 0]) => key)), // prettier-ignore
      packed(3, numbersOf(tags).map(([, value = 0]) => value)), // prettier-ignore
      packed(8, steps(refs).map(zigzag)),
    ]);
  const header = Buffer.concat([field(4, Buffer.from('OsmSchema-V0.6')), varint(32 << 3), varint(takenAtMs / 1000)]);
  await writeFile(
    file,
    Buffer.concat([
      blobOf('OSMHeader', header),
      blockOf(field(2, dense)),
      blockOf(Buffer.concat(ways.map((way) => field(3, wayOf(way))))),
    ]),
  );
}

function blobOf(type: string, content: Buffer): Buffer {
  const blob = Buffer.concat([varint(2 << 3), varint(content.length), field(3, deflateSync(content))]);
  const header = Buffer.concat([field(1, Buffer.from(type)), varint(3 << 3), varint(blob.length)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, blob]);
}

const steps = (numbers: readonly number[]) => numbers.map((one, index) => one - (numbers[index - 1] ?? 0));
const zigzag = (number: number) => (number < 0 ? -number * 2 - 1 : number * 2);
const packed = (tag: number, numbers: readonly number[]) => field(tag, Buffer.concat(numbers.map(varint)));
const field = (tag: number, content: Buffer) =>
  Buffer.concat([varint((tag << 3) | 2), varint(content.length), content]);

function varint(number: number): Buffer {
  const bytes = [];
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | (rest > 127 ? 128 : 0));
    if (rest < 128) return Buffer.from(bytes);
  }
}
