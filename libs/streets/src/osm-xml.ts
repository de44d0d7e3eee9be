import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';
import type { OsmElement, OsmElements } from './osm-element.ts';

type Attributes = Readonly<Record<string, string>>;

/**
 * The elements of an `.osm` file, read as a stream. https://wiki.openstreetmap.org/wiki/OSM_XML
 * @throws what the XML parser or the disk says.
 */
export async function* readOsmXml(file: string): OsmElements {
  let done: OsmElement[] = [];
  let open: { element: OsmElement; refs: number[]; tags: Record<string, string> } | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'node' || name === 'way') open = opened(name, attributes);
    else if (name === 'nd') open?.refs.push(Number(attributes['ref']));
    else if (name === 'tag' && open !== undefined) open.tags[attributes['k'] ?? ''] = attributes['v'] ?? '';
    else if (name === 'osm' || name === 'meta') done.push(...takenAt(attributes));
  });
  parser.on('closetag', ({ name }) => {
    if (open === undefined || open.element.type !== name) return;
    done.push(open.element);
    open = undefined;
  });
  parser.on('error', (error) => {
    throw error;
  });
  for await (const text of createReadStream(file, 'utf8')) {
    parser.write(text as string);
    if (done.length === 0) continue;
    yield done;
    done = [];
  }
  parser.close();
}

function opened(type: 'node' | 'way', { id, lat, lon }: Attributes) {
  const [refs, tags]: [number[], Record<string, string>] = [[], {}];
  const element: OsmElement =
    type === 'node'
      ? { type, id: Number(id), lat: Number(lat), lng: Number(lon), tags }
      : { type, id: Number(id), refs, tags };
  return { element, refs, tags };
}

/** `timestamp` of Osmosis and JOSM, `osm_base` of Overpass. */
function takenAt({ timestamp, osm_base: base }: Attributes): OsmElement[] {
  const atMs = Date.parse(timestamp ?? base ?? '');
  return Number.isNaN(atMs) ? [] : [{ type: 'taken', atMs }];
}
