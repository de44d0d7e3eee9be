import type { Place } from '@siaga/contracts';
import { text } from './data/kelurahan-3574.ts';
import { areaContains, boundsOf } from './bounds.ts';
import { dissolve } from './dissolve.ts';
import { centroidOf, distanceToRingM, labelPlaceOf, polygonsContain, ringAreaM2, type Polygon } from './polygon.ts';

/** A named surface. Polygons are simplified: good for drawing and point-in-area, never for an official area. */
export interface Territory {
  /** Kemendagri code with dots: `35.74`, `35.74.01`, `35.74.01.1001`. Numbers have holes, never count them up. */
  readonly code: string;
  readonly name: string;
  readonly polygons: readonly Polygon[];
  /** Centre of gravity of the largest polygon. */
  readonly centroid: Place;
  /** Well inside the largest polygon, for its name on a map. */
  readonly label: Place;
}

export interface Kelurahan extends Territory {
  /** Name of the kecamatan it belongs to. */
  readonly kecamatan: string;
  readonly kecamatanCode: string;
}

export type Kecamatan = Territory;

/** To be shown wherever the outlines are drawn; the licence lies beside the data. */
export const outlineAttribution = 'Batas wilayah: cahyadsn/wilayah_boundaries (MIT)';

/** The file's own shape; positions are [longitude, latitude] and rings repeat their first position. */
interface KelurahanFile {
  features: readonly {
    properties: { kelurahanCode: string; kelurahan: string; kecamatanCode: string; kecamatan: string };
    geometry: { coordinates: readonly (readonly (readonly [lng: number, lat: number])[])[] };
  }[];
}

/** The 29 kelurahan of Kota Probolinggo with official codes and names, by code. */
export const kelurahan: () => readonly Kelurahan[] = once(() =>
  (JSON.parse(text) as KelurahanFile).features.map(({ properties, geometry }) => {
    const rings = geometry.coordinates.map((ring) => ring.slice(1).map(([lng, lat]) => ({ lat, lng })));
    const territory = territoryOf(properties.kelurahanCode, properties.kelurahan, [rings as unknown as Polygon]);
    return { ...territory, kecamatan: properties.kecamatan, kecamatanCode: properties.kecamatanCode };
  }),
);

/** The five kecamatan, dissolved from their kelurahan; by code. */
export const kecamatan: () => readonly Kecamatan[] = once(() => {
  const groups = Map.groupBy(kelurahan(), (part) => part.kecamatanCode);
  return [...groups].map(([code, parts]) => territoryOf(code, parts[0]?.kecamatan ?? code, joined(parts)));
});

/** The outline of the city. */
export const outline: () => Territory = once(() => territoryOf('35.74', 'Kota Probolinggo', joined(kelurahan())));

const searchable = once(() =>
  kelurahan().map((one) => ({ one, bounds: boundsOf(one.polygons.flatMap(([outer]) => outer)) })),
);

/**
 * The kelurahan a place lies in, undefined outside the city. A place in one of the slivers between simplified outlines
 * (up to 30 m wide) counts to the nearest.
 */
export function kelurahanAt(place: Place): Kelurahan | undefined {
  for (const { one, bounds } of searchable()) {
    if (bounds !== undefined && areaContains(bounds, place) && polygonsContain(one.polygons, place)) return one;
  }
  if (!polygonsContain(outline().polygons, place)) return undefined;
  const distances = kelurahan().map((one) => ({ one, metres: borderDistanceM(one, place) }));
  return distances.reduce((nearest, other) => (other.metres < nearest.metres ? other : nearest)).one;
}

/** Metres from a place to the nearest border of a territory, from either side. */
export function borderDistanceM(territory: Territory, place: Place): number {
  return Math.min(...territory.polygons.flat().map((ring) => distanceToRingM(ring, place)));
}

function joined(parts: readonly Territory[]): Polygon[] {
  return dissolve(parts.flatMap((part) => part.polygons.map(([outer]) => outer)));
}

function territoryOf(code: string, name: string, polygons: readonly Polygon[]): Territory {
  const outers = polygons.map(([outer]) => outer);
  const largest = outers.reduce((one, other) => (ringAreaM2(other) > ringAreaM2(one) ? other : one));
  return { code, name, polygons, centroid: centroidOf(largest), label: labelPlaceOf(largest) };
}

/** Computed when first asked for, then kept. */
function once<Value>(compute: () => Value): () => Value {
  let kept: { value: Value } | undefined;
  return () => (kept ??= { value: compute() }).value;
}
