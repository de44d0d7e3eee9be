import { PatrolChanged } from '@siaga/contracts';
import { useEffect, useMemo } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { useLatest, useNow } from '../../link/use-live.ts';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { cityDay } from '../../text/format.ts';
import { useSpeech } from '../../text/speech.tsx';

const source = 'patrols';

/**
 * Where squads checked in today, fainter than anything that asks for something. What was measured is filled, where it was
 * measured; what was only said is an empty ring at its place. A simulated one has the word below it.
 */
export function PatrolsLayer() {
  const { map, scale, markScale } = useMap();
  const { simulationTag } = useSpeech().text;
  const day = cityDay(useNow(), useCity().city.timezone);
  const patrols = useLatest(PatrolChanged);
  useEffect(() => {
    map.addSource(source, { type: 'geojson', data: nothing });
    map.addLayer({
      ...{ id: 'patrol-marks', type: 'circle', source },
      paint: {
        'circle-radius': 4 * markScale,
        'circle-color': '#b9a7ff',
        'circle-opacity': ['case', ['get', 'isMeasured'], 0.4, 0],
        'circle-stroke-color': '#b9a7ff',
        'circle-stroke-opacity': ['case', ['get', 'isMeasured'], 0, 0.4],
        'circle-stroke-width': 1.5 * markScale,
      },
    });
    map.addLayer({
      ...{ id: 'patrol-simulated', type: 'symbol', source, filter: ['has', 'tag'], minzoom: 13.5 },
      layout: {
        'text-field': ['get', 'tag'],
        'text-font': ['Plus Jakarta Sans'],
        'text-size': 11 * scale,
        'text-offset': [0, 0.7],
        'text-anchor': 'top',
      },
      paint: { 'text-color': '#b9a7ff', 'text-halo-color': '#0a1016', 'text-halo-width': 1.5 },
    });
  }, [map, scale, markScale]);
  const features = useMemo(
    () =>
      [...patrols.values()]
        .filter(({ data }) => data.day === day)
        .flatMap(({ data: { places, checkIns }, exercise }) =>
          checkIns.flatMap(({ placeId, position, byHand }): GeoJSON.Feature[] => {
            const isMeasured = byHand === undefined && position !== undefined;
            const at = isMeasured ? position : places.find((place) => place.placeId === placeId);
            if (at === undefined) return [];
            const geometry = { type: 'Point' as const, coordinates: [at.lng, at.lat] };
            return [{ type: 'Feature', properties: { isMeasured, ...(exercise && { tag: simulationTag }) }, geometry }];
          }),
        ),
    [patrols, day, simulationTag],
  );
  useEffect(() => {
    fill(map, source, { type: 'FeatureCollection', features });
  }, [map, features]);
  return null;
}
