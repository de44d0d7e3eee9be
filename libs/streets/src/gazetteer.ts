import type { Place } from '@siaga/contracts';
import { distanceM, Grid, kelurahanAt } from '@siaga/geo';
import type { Clip, Vertex } from './clip.ts';
import { crossingsOf } from './crossings.ts';
import { rounded, type NamedPlace } from './named-place.ts';
import { isLaneName } from './names.ts';
import type { Tags } from './osm-element.ts';
import { placesAlong, streetsOf, verticesOf, type Street } from './streets.ts';

/** A landmark stands at a street this near. */
const AT_STREET_M = 80;
const ALONG_M = 25;

/** Where the middle of a thing is known, a person at it is this near. */
const AT_POINT_M = 30;

/** What people go by: with a name, and one of these. https://wiki.openstreetmap.org/wiki/Map_features */
const landmarkKeys = ['amenity', 'shop', 'tourism', 'office', 'leisure', 'healthcare', 'historic', 'emergency', 'craft', 'man_made', 'building']; // prettier-ignore

/** Streets, gang, crossings and landmarks of an extract, by name. Numbers: metres as the place is known. */
export function gazetteerOf(clip: Clip): NamedPlace[] {
  const streets = streetsOf(clip.ways);
  const beside = streetBeside(streets);
  return [...streets.map(streetPlace), ...crossingsOf(streets), ...landmarksOf(clip, beside)];
}

function streetPlace({ tags, ways }: Street): NamedPlace {
  const { name = '' } = tags;
  const vertices = ways.flatMap(verticesOf);
  return {
    ...middleOf(vertices),
    id: `way-${String(ways[0]?.id ?? 0)}`,
    kind: isLaneName(name) ? 'lane' : 'street',
    name,
    also: otherNames(tags),
  };
}

/** The vertex nearest to the middle of them all, with how far the others lie from it, and the kelurahan. */
function middleOf(vertices: readonly Vertex[]): Pick<NamedPlace, 'lat' | 'lng' | 'uncertaintyM' | 'about'> {
  const sum = vertices.reduce((all, { lat, lng }) => ({ lat: all.lat + lat, lng: all.lng + lng }), { lat: 0, lng: 0 });
  const mean = { lat: sum.lat / vertices.length, lng: sum.lng / vertices.length };
  const far = (one: Place) => distanceM(one, mean);
  const middle = vertices.reduce((nearest, one) => (far(one) < far(nearest) ? one : nearest));
  const reach = Math.max(...vertices.map((one) => distanceM(one, middle)));
  const about = kelurahanAt(middle)?.name;
  return {
    ...rounded(middle),
    uncertaintyM: Math.max(AT_POINT_M, Math.ceil(reach)),
    ...(about === undefined ? {} : { about }),
  };
}

function otherNames(tags: Tags): string[] {
  const names = [tags['alt_name'], tags['old_name'], tags['short_name'], tags['official_name'], tags['loc_name'], tags['brand']]; // prettier-ignore
  return [...new Set(names.flatMap((text) => text?.split(';') ?? []).map((text) => text.trim()))].filter(Boolean);
}

function landmarksOf({ points, ways }: Clip, beside: (place: Place) => string | undefined): NamedPlace[] {
  const isLandmark = (tags: Tags) => 'name' in tags && landmarkKeys.some((key) => key in tags);
  const areas = ways.filter(({ tags }) => isLandmark(tags) && !('highway' in tags));
  return [
    ...points.filter(({ tags }) => isLandmark(tags)).map((point) => ({ id: `node-${String(point.id)}`, at: [point], tags: point.tags })), // prettier-ignore
    ...areas.map((way) => ({ id: `way-${String(way.id)}`, at: verticesOf(way), tags: way.tags })),
  ].map(({ id, at, tags }) => {
    const middle = middleOf(at);
    const about = tags['addr:street'] ?? beside(middle) ?? middle.about;
    const { name = '' } = tags;
    return { ...middle, id, kind: 'landmark', name, also: otherNames(tags), ...(about === undefined ? {} : { about }) };
  });
}

/** Which street a place stands at. */
function streetBeside(streets: readonly Street[]): (place: Place) => string | undefined {
  const grid = new Grid<number>(0.001);
  const names: string[] = [];
  for (const { tags, ways } of streets)
    for (const place of ways.flatMap(({ lines }) => lines.flatMap((line) => placesAlong(line, ALONG_M))))
      grid.put(names.push(tags['name'] ?? '') - 1, place);
  return (place) => {
    const [nearest] = grid.near(place, AT_STREET_M);
    return nearest === undefined ? undefined : names[nearest.key];
  };
}
