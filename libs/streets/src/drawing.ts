import type { Feature, FeatureCollection, LineString } from 'geojson';
import type { ClippedWay } from './clip.ts';
import { rounded } from './named-place.ts';

/** How wide a street is drawn: 1 the widest, 4 what only people walk. */
const widths: Readonly<Record<string, number>> = {
  ...{ motorway: 1, trunk: 1, primary: 1, motorway_link: 1, trunk_link: 1, primary_link: 1 },
  ...{ secondary: 2, tertiary: 2, secondary_link: 2, tertiary_link: 2 },
  ...{ unclassified: 3, residential: 3, living_street: 3, road: 3 },
  ...{ service: 4, pedestrian: 4, footway: 4, path: 4, track: 4, cycleway: 4, steps: 4 },
};

/** The streets as a map draws them: GeoJSON lines with `name` and `width`; positions to a metre, which keeps a city small. */
export function drawingOf(ways: readonly ClippedWay[]): FeatureCollection<LineString> {
  const features = ways.flatMap(({ tags, lines }): Feature<LineString>[] => {
    const kind = tags['highway'] ?? '';
    const width = Object.hasOwn(widths, kind) ? widths[kind] : undefined;
    if (width === undefined || tags['area'] === 'yes') return [];
    const { name } = tags;
    return lines.map((line) => ({
      type: 'Feature',
      properties: { width, ...(name === undefined ? {} : { name }) },
      geometry: { type: 'LineString', coordinates: line.map((vertex) => [rounded(vertex).lng, rounded(vertex).lat]) },
    }));
  });
  return { type: 'FeatureCollection', features };
}
