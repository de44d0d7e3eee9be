import type { GeoJSONSourceDiff } from 'maplibre-gl';
import type { SeenLamp } from './seen-lamps.ts';

type Lamps = ReadonlyMap<string, SeenLamp>;

/**
 * What a map must change to go from one look at the lamps to the next; undefined for nothing. A lamp that is the very same
 * object is as it was: of seven thousand, the few that changed are handed to the map and no more.
 */
export function lampDiff(before: Lamps, now: Lamps): GeoJSONSourceDiff | undefined {
  const add: GeoJSON.Feature[] = [];
  const remove: string[] = [];
  for (const [lampId, lamp] of now) if (before.get(lampId) !== lamp) add.push(lampFeature(lamp));
  for (const lampId of before.keys()) if (!now.has(lampId)) remove.push(lampId);
  if (add.length + remove.length === 0) return undefined;
  // a feature that is there already is replaced by the one that is added under its id
  return { add, remove };
}

function lampFeature({ lampId, place, look, old, approximate }: SeenLamp): GeoJSON.Feature {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
    properties: { lampId, look, old, approximate },
  };
}
