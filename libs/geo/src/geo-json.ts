import type { Feature, FeatureCollection, MultiPolygon, Point, Position } from 'geojson';
import type { NamedPlace } from './gazetteer.ts';
import type { Kelurahan, Territory } from './kelurahan.ts';
import type { Ring } from './polygon.ts';

/** Territories become MultiPolygons, places become Points; every other scalar field becomes a property. RFC 7946. */
export function asGeoJson(things: readonly (Territory | Kelurahan)[]): FeatureCollection<MultiPolygon>;
export function asGeoJson(things: readonly NamedPlace[]): FeatureCollection<Point>;
export function asGeoJson(things: readonly (Territory | NamedPlace)[]): FeatureCollection<MultiPolygon | Point> {
  return {
    type: 'FeatureCollection',
    features: things.map((thing) => ('polygons' in thing ? territoryFeature(thing) : placeFeature(thing))),
  };
}

function territoryFeature(territory: Territory): Feature<MultiPolygon> {
  const { polygons, centroid, label, ...properties } = territory;
  return {
    type: 'Feature',
    id: territory.code,
    properties: {
      ...properties,
      centroidLat: centroid.lat,
      centroidLng: centroid.lng,
      labelLat: label.lat,
      labelLng: label.lng,
    },
    geometry: { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map(closed)) },
  };
}

function placeFeature({ lat, lng, ...properties }: NamedPlace): Feature<Point> {
  return { type: 'Feature', id: properties.id, properties, geometry: { type: 'Point', coordinates: [lng, lat] } };
}

function closed(ring: Ring): Position[] {
  return [...ring, ...ring.slice(0, 1)].map(({ lat, lng }) => [lng, lat]);
}
