import { useEffect } from 'react';
import { mapColours, mapFonts } from '../../map/base-style.ts';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { useSpeech } from '../../text/speech.tsx';
import { pointAt } from './track.ts';
import { stretchesOf } from './trails.ts';
import { useWaste } from '../waste-context.tsx';

const lines = 'track';
const moment = 'track-moment';

/** Today's way of the truck in the panel, and where it was at the moment the slider shows. */
export function TrackLayer() {
  const { map, scale } = useMap();
  const { track } = useWaste();
  const { format } = useSpeech();
  const { points, atMs } = track;

  useEffect(() => {
    map.addSource(lines, { type: 'geojson', data: nothing });
    map.addSource(moment, { type: 'geojson', data: nothing });
    map.addLayer({
      id: 'track',
      type: 'line',
      source: lines,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#7db8ff', 'line-width': 2 * scale, 'line-opacity': 0.6 },
    });
    map.addLayer({
      id: 'track-moment',
      type: 'circle',
      source: moment,
      paint: {
        'circle-radius': 6.5 * scale,
        'circle-color': '#0d1720',
        'circle-stroke-color': '#7db8ff',
        'circle-stroke-width': 3 * scale,
      },
    });
    map.addLayer({
      id: 'track-moment-time',
      type: 'symbol',
      source: moment,
      layout: {
        'text-field': ['get', 'label'],
        'text-font': mapFonts.strong,
        'text-size': 14 * scale,
        'text-anchor': 'bottom',
        'text-offset': [0, -0.9],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': mapColours.text, 'text-halo-color': mapColours.ground, 'text-halo-width': 2 * scale },
    });
  }, [map, scale]);

  useEffect(() => {
    fill(map, lines, {
      type: 'FeatureCollection',
      features: stretchesOf(points).map((stretch) => ({
        type: 'Feature',
        properties: {},
        geometry: { type: 'LineString', coordinates: stretch.map(({ lat, lng }) => [lng, lat]) },
      })),
    });
  }, [map, points]);

  useEffect(() => {
    const point = atMs === null ? undefined : pointAt(points, atMs);
    fill(
      map,
      moment,
      point === undefined
        ? nothing
        : {
            type: 'Feature',
            properties: { label: format.time(point.atMs) },
            geometry: { type: 'Point', coordinates: [point.lng, point.lat] },
          },
    );
  }, [map, points, atMs, format]);
  return null;
}
