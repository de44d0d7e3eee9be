import { distanceM } from '@siaga/geo';
import type { Vertex } from './clip.ts';
import { rounded, type NamedPlace } from './named-place.ts';
import { verticesOf, type Street } from './streets.ts';

/** Two roadways of one street cross another in two places: one crossing. */
const ONE_CROSSING_M = 60;
const AT_CROSSING_M = 30;

/** Where two streets of different names meet: they share a vertex. */
export function crossingsOf(streets: readonly Street[]): NamedPlace[] {
  const there = new Map<number, { vertex: Vertex; streets: Set<Street> }>();
  for (const street of streets)
    for (const vertex of street.ways.flatMap(verticesOf)) {
      const meeting = there.get(vertex.id) ?? { vertex, streets: new Set() };
      meeting.streets.add(street);
      there.set(vertex.id, meeting);
    }
  const found = new Map<string, NamedPlace[]>();
  for (const { vertex, streets: meeting } of there.values())
    for (const [one, other] of pairsOf([...meeting])) {
      const place = crossing(one, other, vertex);
      const same = found.get(place.id) ?? [];
      if (same.every((known) => distanceM(known, place) > ONE_CROSSING_M)) same.push(place);
      found.set(place.id, same);
    }
  return [...found.values()].flatMap((all) =>
    all.map((one, index) => (index === 0 ? one : { ...one, id: `${one.id}.${String(index)}` })),
  );
}

function* pairsOf(streets: readonly Street[]): Generator<[Street, Street]> {
  for (const [index, one] of streets.entries())
    for (const other of streets.slice(index + 1)) if (one.key !== other.key) yield [one, other];
}

function crossing(one: Street, other: Street, at: Vertex): NamedPlace {
  const names = [one, other].map(({ tags }) => tags['name'] ?? '');
  return {
    ...rounded(at),
    id: [one, other].map(({ ways }) => `way-${String(ways[0]?.id ?? 0)}`).join('+'),
    kind: 'crossing',
    name: names.join(' × '),
    also: [],
    uncertaintyM: AT_CROSSING_M,
  };
}
