import type { Place } from '@siaga/contracts';
import { areaContains, between, boundsOf, distanceM, grow } from '@siaga/geo';
import type { ClippedWay, Vertex } from './clip.ts';
import { wordsOf } from './names.ts';
import type { Tags } from './osm-element.ts';

/** A street of one name: its ways that lie together. */
export interface Street {
  /** Its name as names are compared. */
  readonly key: string;
  readonly tags: Tags;
  readonly ways: ClippedWay[];
}

/** Ways of one name with so much between them are one street: a bridge or a roundabout of another name lies between. */
const TOGETHER_M = 400;

/** Ways of one name that touch or lie near one another are one street; `Gang 3` there are many. */
export function streetsOf(ways: readonly ClippedWay[]): Street[] {
  const byName = new Map<string, Street[]>();
  for (const way of ways) {
    const { name, highway } = way.tags;
    if (name === undefined || highway === undefined || highway === 'bus_stop') continue;
    const key = wordsOf(name).join(' ');
    const known = byName.get(key) ?? [];
    byName.set(key, known);
    const [one, ...others] = known.filter((street) => isTogether(street, way));
    if (one === undefined) known.push({ key, tags: way.tags, ways: [way] });
    else {
      // the way lies between parts that did not know of one another
      one.ways.push(way, ...others.flatMap((other) => other.ways));
      byName.set(key, known.filter((street) => !others.includes(street))); // prettier-ignore
    }
  }
  return [...byName.values()].flat();
}

/** Places along a line, at most so far from one another: what is near one of them is near the line. */
export function placesAlong(line: readonly Place[], everyM: number): Place[] {
  return line.flatMap((end, at) => {
    const begin = line[at - 1];
    if (begin === undefined) return [end];
    const count = Math.max(1, Math.ceil(distanceM(begin, end) / everyM));
    return Array.from({ length: count }, (_, piece) => between(begin, end, (piece + 1) / count));
  });
}

/** All of a way's vertices inside the area. */
export const verticesOf = ({ lines }: ClippedWay): Vertex[] => lines.flat();

function isTogether(street: Street, way: ClippedWay): boolean {
  const near = boundsOf(verticesOf(way));
  if (near === undefined) return false;
  const around = grow(near, TOGETHER_M);
  const ends = verticesOf(way);
  return street.ways
    .flatMap(verticesOf)
    .filter((vertex) => areaContains(around, vertex))
    .some((vertex) => ends.some((end) => distanceM(vertex, end) <= TOGETHER_M));
}
