import type { CameraRegistered } from '@siaga/contracts';
import { destination } from '@siaga/geo';
import type { SeenCamera } from './seen-cameras.ts';

/** How far a camera is drawn to see when nobody measured it, metres. */
const drawnRangeM = 60;
/** Degrees between two points of the wedge's edge. */
const stepDeg = 6;

/** Points and wedges for a map; `wordsOf` is what stands below the name of a camera that shows nothing. */
export function cameraFeatures(
  cameras: readonly SeenCamera[],
  wordsOf: (camera: SeenCamera) => string,
): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: cameras.flatMap((seen) => [...wedgeOf(seen), pointOf(seen, wordsOf(seen))]),
  };
}

function pointOf({ camera, health, old }: SeenCamera, words: string): GeoJSON.Feature {
  const { cameraId, name, place, approximate } = camera;
  const mark = health === 'live' ? 'live' : health === 'unchecked' ? 'unchecked' : 'down';
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
    properties: { cameraId, name: approximate ? `≈ ${name}` : name, words, mark, old },
  };
}

function wedgeOf({ camera, health }: SeenCamera): GeoJSON.Feature[] {
  const ring = wedge(camera);
  if (ring === undefined) return [];
  return [
    { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { isLive: health === 'live' } },
  ];
}

/** The part of the ground a camera sees, as a closed ring; undefined when nobody measured where it looks. */
export function wedge({
  place,
  directionDeg,
  fieldOfViewDeg,
  rangeM,
}: CameraRegistered): [lng: number, lat: number][] | undefined {
  if (directionDeg === undefined || fieldOfViewDeg === undefined) return undefined;
  const steps = Math.max(2, Math.ceil(fieldOfViewDeg / stepDeg));
  const edge = Array.from({ length: steps + 1 }, (_, step): [number, number] => {
    const bearing = directionDeg - fieldOfViewDeg / 2 + (fieldOfViewDeg * step) / steps;
    const { lat, lng } = destination(place, (bearing + 360) % 360, rangeM ?? drawnRangeM);
    return [lng, lat];
  });
  const middle: [number, number] = [place.lng, place.lat];
  return [middle, ...edge, middle];
}
