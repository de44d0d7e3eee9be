import { Fault } from '@siaga/contracts';
import type { OsmElements } from './osm-element.ts';
import { readOsmPbf } from './osm-pbf.ts';
import { readOsmXml } from './osm-xml.ts';

/** The elements of an extract, by the end of its name. @throws Fault `invalid` for any other file, and for one that is torn. */
export async function* readOsm(file: string): OsmElements {
  const read = readers.find(({ ends }) => file.toLowerCase().endsWith(ends))?.read;
  if (read === undefined)
    throw new Fault(
      'invalid',
      'perlu berkas .osm.pbf atau .osm dari OpenStreetMap · an .osm.pbf or .osm file of OpenStreetMap is needed',
    );
  try {
    yield* read(file);
  } catch (cause) {
    if (cause instanceof Fault || isOfDisk(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault(
      'invalid',
      `${file} tidak terbaca sampai selesai (${why}): unduh lagi · it cannot be read to its end: download it again`,
      { cause },
    );
  }
}

const readers = [
  { ends: '.pbf', read: readOsmPbf },
  { ends: '.osm', read: readOsmXml },
];

const isOfDisk = (error: unknown) => error instanceof Error && 'syscall' in error;
