import { Fault, type Area, type Place } from '@siaga/contracts';
import { areaContains } from '@siaga/geo';
import type { OsmElement, OsmElements, Tags } from './osm-element.ts';

/** A point of the ground that others share by its number: two streets that share one cross there. */
export interface Vertex extends Place {
  readonly id: number;
}

/** A way, or the parts of one that lie in the area. */
export interface ClippedWay {
  readonly id: number;
  readonly tags: Tags;
  /** Each of two vertices or more. */
  readonly lines: readonly (readonly Vertex[])[];
}

/** What an extract knows of an area. */
export interface Clip {
  readonly ways: readonly ClippedWay[];
  /** Nodes with a name. */
  readonly points: readonly (Vertex & { readonly tags: Tags })[];
  /** When the extract was taken, epoch ms; undefined: it does not say. */
  readonly takenAtMs: number | undefined;
}

/** A city of a million people has fewer nodes; each takes about 200 bytes while a file is read. */
const MOST_NODES = 5_000_000;

/**
 * What lies in the area, of a file of any size: only the area's own nodes are kept in memory. Ways come after nodes in every
 * extract; a way that leaves the area is cut into the parts inside.
 * @throws Fault `too-large` for an area that is no city's.
 */
export async function clip(elements: OsmElements, area: Area): Promise<Clip> {
  const vertices = new Map<number, Vertex>();
  const [ways, points]: [ClippedWay[], Clip['points'][number][]] = [[], []];
  let takenAtMs: number | undefined;
  const take = (element: OsmElement) => {
    if (element.type === 'taken') takenAtMs ??= element.atMs;
    else if (element.type === 'node') {
      if (!areaContains(area, element)) return;
      const { id, lat, lng, tags } = element;
      vertices.set(id, { id, lat, lng });
      if ('name' in tags) points.push({ id, lat, lng, tags });
    } else if ('highway' in element.tags || 'name' in element.tags) {
      const lines = linesOf(element.refs, vertices);
      if (lines.length > 0) ways.push({ id: element.id, tags: element.tags, lines });
    }
  };
  for await (const batch of elements) {
    batch.forEach(take);
    if (vertices.size > MOST_NODES)
      throw new Fault('too-large', 'wilayah terlalu luas untuk satu kota · the area is too large for one city');
  }
  return { ways, points, takenAtMs };
}

/** Runs of neighbours that are both inside. */
function linesOf(refs: readonly number[], vertices: ReadonlyMap<number, Vertex>): Vertex[][] {
  const lines: Vertex[][] = [[]];
  for (const ref of refs) {
    const vertex = vertices.get(ref);
    if (vertex !== undefined) lines.at(-1)?.push(vertex);
    else if (lines.at(-1)?.length !== 0) lines.push([]);
  }
  return lines.filter(({ length }) => length > 1);
}
