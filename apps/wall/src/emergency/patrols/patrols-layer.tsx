import { PatrolChanged } from '@siaga/contracts';
import { useEffect, useMemo } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { useLatest, useNow } from '../../link/use-live.ts';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { cityDay } from '../../text/format.ts';

const source = 'patrols';

/**
 * Where squads checked in today, fainter than anything that asks for something. What was measured is filled, where it was
 * measured; what was only said is an empty ring at its place.
 */
export function PatrolsLayer() {
  const { map, markScale } = useMap();
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
  }, [map, markScale]);
  const features = useMemo(
    () =>
      [...patrols.values()]
        .filter(({ data }) => data.day === day)
        .flatMap(({ data: { places, checkIns } }) =>
          checkIns.flatMap(({ placeId, position, byHand }): GeoJSON.Feature[] => {
            const isMeasured = byHand === undefined && position !== undefined;
            const at = isMeasured ? position : places.find((place) => place.placeId === placeId);
            if (at === undefined) return [];
            const geometry = { type: 'Point' as const, coordinates: [at.lng, at.lat] };
            return [{ type: 'Feature', properties: { isMeasured }, geometry }];
          }),
        ),
    [patrols, day],
  );
  useEffect(() => {
    fill(map, source, { type: 'FeatureCollection', features });
  }, [map, features]);
  return null;
}
