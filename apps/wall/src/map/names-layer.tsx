import { kelurahan } from '@siaga/geo';
import { useEffect } from 'react';
import { mapColours, mapFonts } from './base-style.ts';
import { useMap } from './map-context.ts';

/** Names of the kelurahan, giving way to marks and to what moves. */
export function NamesLayer() {
  const { map, scale } = useMap();
  useEffect(() => {
    map.addSource('kelurahan-names', {
      type: 'geojson',
      data: {
        type: 'FeatureCollection',
        features: kelurahan().map(({ name, label }) => ({
          type: 'Feature',
          properties: { name },
          geometry: { type: 'Point', coordinates: [label.lng, label.lat] },
        })),
      },
    });
    map.addLayer({
      id: 'kelurahan-names',
      type: 'symbol',
      source: 'kelurahan-names',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFonts.regular,
        'text-size': 12.5 * scale,
        'text-letter-spacing': 0.02,
        'text-padding': 3,
        'text-variable-anchor-offset': ['center', [0, 0], 'top', [0, 0.8], 'bottom', [0, -0.8]],
      },
      paint: {
        'text-color': mapColours.third,
        'text-halo-color': mapColours.land,
        'text-halo-width': 1.2 * scale,
      },
    });
  }, [map, scale]);
  return null;
}
