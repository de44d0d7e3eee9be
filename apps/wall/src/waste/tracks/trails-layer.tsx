import { useEffect } from 'react';
import { useNow } from '../../link/use-live.ts';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { truckColours } from '../trucks/truck-marks.ts';
import { stretchesOf } from './trails.ts';
import { useWaste } from '../waste-context.tsx';

const source = 'trails';
/** More lines than this hide the city and tell nothing. */
const mostTrails = 300;

/** The last minutes of each truck's way, drawn once a second: older than that nobody can see a difference. */
export function TrailsLayer() {
  const { map, markScale } = useMap();
  const { trails } = useWaste();
  const nowMs = useNow();
  useEffect(() => {
    map.addSource(source, { type: 'geojson', lineMetrics: true, data: nothing });
    map.addLayer({
      id: 'trails',
      type: 'line',
      source,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-width': 2.4 * markScale,
        'line-gradient': [
          'interpolate',
          ['linear'],
          ['line-progress'],
          0,
          'rgba(87,211,168,0)',
          1,
          truckColours.moving,
        ],
        'line-opacity': 0.6,
      },
    });
  }, [map, markScale]);
  useEffect(() => {
    trails.trim(nowMs);
    fill(map, source, {
      type: 'FeatureCollection',
      features: [...trails.truckIds()]
        .slice(0, mostTrails)
        .flatMap((truckId) => stretchesOf(trails.of(truckId)).flatMap(lineOf)),
    });
  }, [map, trails, nowMs]);
  return null;
}

function lineOf(points: readonly { lat: number; lng: number }[]): GeoJSON.Feature[] {
  if (points.length < 2) return [];
  return [
    {
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: points.map(({ lat, lng }) => [lng, lat]) },
    },
  ];
}
