import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { TransformCallback } from 'node:stream';
import { OSMTransform } from 'osm-pbf-parser-node';
import type { OsmElement, OsmElements, Tags } from './osm-element.ts';

/** What the decoder hands on; it has read the bytes by the schema of the format. */
type Decoded =
  | { type: 'node'; id: number; lat: number; lon: number; tags?: Tags }
  | { type: 'way'; id: number; refs: number[]; tags?: Tags }
  | { type: 'relation' }
  | Header;

interface Header {
  osmosis_replication_timestamp?: number;
}

/** A header block is never longer; a file that says so is none, and would be read whole into memory. */
const MOST_HEADER_BYTES = 65_536;

/**
 * The elements of an `.osm.pbf` file, block by block. https://wiki.openstreetmap.org/wiki/PBF_Format
 * @throws what the decoder or the disk says.
 */
export async function* readOsmPbf(file: string): OsmElements {
  await assertPbf(file);
  const blocks = new Blocks({ withInfo: false });
  const bytes = createReadStream(file);
  bytes.on('error', (error) => blocks.destroy(error));
  for await (const block of bytes.pipe(blocks)) yield elementsOf(block as Decoded[]);
}

/** What the decoder throws while it is handed bytes ends the reading, not the process. */
class Blocks extends OSMTransform {
  override _transform(chunk: unknown, encoding: BufferEncoding, next: TransformCallback): void {
    try {
      super._transform(chunk, encoding, next);
    } catch (error) {
      next(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      super._flush(done);
    } catch (error) {
      done(error as Error);
    }
  }
}

function elementsOf(block: readonly Decoded[]): OsmElement[] {
  return block.flatMap((one): OsmElement[] => {
    if (!('type' in one)) return takenAt(one);
    if (one.type === 'relation') return [];
    if (one.type === 'way') return [{ ...one, tags: one.tags ?? {} }];
    const { id, lat, lon: lng } = one;
    return [{ type: 'node', id, lat, lng, tags: one.tags ?? {} }];
  });
}

/** The header's clock counts seconds. */
function takenAt({ osmosis_replication_timestamp: seconds = 0 }: Header): OsmElement[] {
  return seconds === 0 ? [] : [{ type: 'taken', atMs: seconds * 1000 }];
}

/** It begins with the length of a header of the type `OSMHeader`. */
async function assertPbf(file: string): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    const isHeader = bytesRead > 8 && buffer.readUInt32BE(0) <= MOST_HEADER_BYTES && buffer.includes('OSMHeader');
    if (!isHeader) throw new Error('no OSMHeader at its beginning');
  } finally {
    await handle.close();
  }
}
