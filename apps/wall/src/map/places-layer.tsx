import { asGeoJson, places } from '@siaga/geo';
import { useEffect } from 'react';
import { mapColours, mapFonts } from './base-style.ts';
import { useMap } from './map-context.ts';
import { addPlaceMarks } from './place-marks.ts';

/** From here on there is room for the names of places. */
const namesFromZoom = 13.2;

/** Hospitals, TPS, the landfill and other known places: marks faint enough to lie under everything that moves. */
export function PlacesLayer() {
  const { map, scale } = useMap();
  useEffect(() => {
    addPlaceMarks(map, scale);
    map.addSource('places', { type: 'geojson', data: asGeoJson(places()) });
    map.addLayer({
      id: 'places',
      type: 'symbol',
      source: 'places',
      layout: {
        'icon-image': ['concat', 'place-', ['get', 'kind']],
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', namesFromZoom, ['get', 'name']],
        'text-font': mapFonts.regular,
        'text-size': 12 * scale,
        'text-anchor': 'left',
        'text-offset': [0.95, 0],
        'text-optional': true,
      },
      paint: {
        'icon-opacity': ['case', ['get', 'approximate'], 0.6, 1],
        'text-color': mapColours.second,
        'text-halo-color': mapColours.land,
        'text-halo-width': 1.2 * scale,
      },
    });
  }, [map, scale]);
  return null;
}
