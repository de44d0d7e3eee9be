import type { MapMouseEvent } from 'maplibre-gl';
import { distanceM } from '@siaga/geo';
import { useEffect } from 'react';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { isPointing, markedPlace, onPointing, point } from '../../map/pointing.ts';

const source = 'pointed';
/** Half the width of a fingertip. */
const fingerPx = 10;

/** While somebody asks for a place, clicks say it, and a ring shows it. */
export function PointingLayer() {
  const { map, markScale } = useMap();
  useEffect(() => {
    map.addSource(source, { type: 'geojson', data: nothing });
    map.addLayer({
      id: 'pointed',
      type: 'circle',
      source,
      paint: {
        'circle-radius': 11 * markScale,
        'circle-color': 'transparent',
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 3 * markScale,
      },
    });
    const draw = () => {
      map.getCanvas().style.cursor = isPointing() ? 'crosshair' : '';
      const place = markedPlace();
      const at = place && { type: 'Point' as const, coordinates: [place.lng, place.lat] };
      fill(map, source, at ?? nothing);
    };
    const clicked = map.on('click', ({ lngLat: { lat, lng }, point: { x, y } }: MapMouseEvent) => {
      if (!isPointing()) return;
      const aside = map.unproject([x + fingerPx, y]);
      point({ place: { lat, lng }, withinM: distanceM({ lat, lng }, { lat: aside.lat, lng: aside.lng }) });
    });
    draw();
    const ends = onPointing(draw);
    return () => {
      ends();
      clicked.unsubscribe();
    };
  }, [map, markScale]);
  return null;
}
