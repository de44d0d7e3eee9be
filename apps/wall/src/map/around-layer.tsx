import { useEffect } from 'react';
import { useSpeech } from '../text/speech.tsx';
import { mapColours, mapFonts } from './base-style.ts';
import { fill, nothing } from './drawing.ts';
import { useMap } from './map-context.ts';

const source = 'around';

/** What lies around the city, so that the dark around it is not taken for sea everywhere. */
export function AroundLayer() {
  const { map, scale } = useMap();
  const { text } = useSpeech();
  useEffect(() => {
    map.addSource(source, { type: 'geojson', data: nothing });
    map.addLayer({
      id: 'around-names',
      type: 'symbol',
      source,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFonts.regular,
        'text-size': 13 * scale,
        'text-letter-spacing': 0.32,
        'text-max-width': 16,
        'text-line-height': 1.6,
      },
      paint: { 'text-color': mapColours.sea },
    });
  }, [map, scale]);
  useEffect(() => {
    fill(map, source, {
      type: 'FeatureCollection',
      features: [
        named(text.strait, [113.17, -7.731]),
        named(text.regency, [113.166, -7.81]),
        named(text.regency, [113.256, -7.768]),
      ],
    });
  }, [map, text]);
  return null;
}

function named(name: string, coordinates: [lng: number, lat: number]): GeoJSON.Feature {
  return { type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates } };
}
