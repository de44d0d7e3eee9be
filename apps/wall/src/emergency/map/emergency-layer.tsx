import { UnitMoved } from '@siaga/contracts';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { isFresh } from '../../link/age.ts';
import { useLatest, useNow } from '../../link/use-live.ts';
import { choosable } from '../../map/choosable.ts';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { bringIntoView } from '../../map/view.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { INCIDENT, UNITS } from '../kinds.ts';
import { letterOf } from '../triage-letter.ts';

const incidentsSource = 'incidents';
const unitsSource = 'units';
/** A position ages at this pace; looked at no oftener, ms. */
const AGE_EVERY_MS = 10_000;

/** Incidents, the strongest thing on the map, and the units that may go to them; one without a fresh position is faint. */
export function EmergencyLayer() {
  const { map, scale, markScale } = useMap();
  const { incidents, units, incident: find } = useBoard();
  const moved = useLatest(UnitMoved);
  const nowMs = Math.floor(useNow() / AGE_EVERY_MS) * AGE_EVERY_MS;
  const { focus, show } = useFocus();
  const { text } = useSpeech();
  const chosen = focus?.kind === INCIDENT ? focus.key : undefined;
  const words = text.emergency;

  const open = useEffectEvent((incidentId: string) => {
    show(INCIDENT, incidentId);
  });
  const openBoard = useEffectEvent(() => {
    show(UNITS);
  });
  useEffect(() => {
    map.addSource(unitsSource, { type: 'geojson', data: nothing });
    map.addSource(incidentsSource, { type: 'geojson', data: nothing });
    for (const layer of layersOf(scale, markScale)) map.addLayer(layer);
    const ends = [
      choosable(map, { layers: ['incident-marks'], idField: 'incidentId', choose: open }),
      choosable(map, { layers: ['unit-marks'], idField: 'unitId', choose: openBoard }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [map, scale, markScale]);

  const incidentFeatures = useMemo(
    () =>
      incidents.flatMap(({ incidentId, place, tag, kind }): GeoJSON.Feature[] =>
        place === undefined
          ? []
          : [
              {
                type: 'Feature',
                properties: { incidentId, tag: tag ?? 'none', letter: letterOf(tag), chosen: incidentId === chosen, name: kind === undefined ? words.noKind : words.kinds[kind] }, // prettier-ignore
                geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
              },
            ],
      ),
    [incidents, chosen, words],
  );
  useEffect(() => {
    fill(map, incidentsSource, { type: 'FeatureCollection', features: incidentFeatures });
  }, [map, incidentFeatures]);

  const unitFeatures = useMemo(
    () =>
      units.flatMap((unit): GeoJSON.Feature[] => {
        const fix = moved.get(unit.unitId)?.data;
        const isLive = fix !== undefined && isFresh(UnitMoved, fix.atMs, nowMs);
        const at = isLive ? fix : (unit.parked ?? unit.post);
        if (at === undefined) return [];
        return [
          {
            type: 'Feature',
            properties: { unitId: unit.unitId, name: unit.name, availability: unit.availability, isLive },
            geometry: { type: 'Point', coordinates: [at.lng, at.lat] },
          },
        ];
      }),
    [units, moved, nowMs],
  );
  useEffect(() => {
    fill(map, unitsSource, { type: 'FeatureCollection', features: unitFeatures });
  }, [map, unitFeatures]);

  const bring = useEffectEvent((incidentId: string) => {
    const place = find(incidentId)?.place;
    if (place !== undefined) bringIntoView(map, place);
  });
  useEffect(() => {
    if (chosen !== undefined) bring(chosen);
  }, [chosen]);
  return null;
}

type Layer = Parameters<ReturnType<typeof useMap>['map']['addLayer']>[0];

function layersOf(scale: number, markScale: number): Layer[] {
  const label = (size: number) => ({
    'text-field': ['get', 'name'] as unknown as string,
    'text-font': ['Plus Jakarta Sans'],
    'text-size': size * scale,
    'text-offset': [0, 1.2] as [number, number],
    'text-anchor': 'top' as const,
    'text-optional': true,
  });
  return [
    {
      id: 'unit-marks',
      type: 'circle',
      source: unitsSource,
      paint: {
        'circle-radius': 6 * markScale,
        'circle-color': [
          'match',
          ['get', 'availability'],
          'Available',
          '#57d3a8',
          'ConditionallyAvailable',
          '#7db8ff',
          '#8ea3b5',
        ],
        'circle-opacity': ['case', ['get', 'isLive'], 1, 0.45],
        'circle-stroke-color': '#0a1016',
        'circle-stroke-width': 2 * markScale,
      },
    },
    {
      id: 'unit-names',
      type: 'symbol',
      source: unitsSource,
      minzoom: 13.5,
      layout: label(11),
      paint: { 'text-color': '#9fb2c2', 'text-halo-color': '#0a1016', 'text-halo-width': 1.5 },
    },
    {
      id: 'incident-marks',
      type: 'circle',
      source: incidentsSource,
      paint: {
        'circle-radius': ['*', markScale, ['case', ['get', 'chosen'], 14, 10]],
        'circle-color': ['match', ['get', 'tag'], 'red', '#ff5a4f', 'yellow', '#ffb545', 'green', '#57d3a8', '#e8eff5'],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': ['*', markScale, ['case', ['get', 'chosen'], 4, 2]],
      },
    },
    {
      id: 'incident-letters',
      type: 'symbol',
      source: incidentsSource,
      layout: {
        'text-field': ['get', 'letter'],
        'text-font': ['Plus Jakarta Sans'],
        'text-size': 12 * markScale,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': '#0a1016' },
    },
    {
      id: 'incident-names',
      type: 'symbol',
      source: incidentsSource,
      layout: label(13),
      paint: { 'text-color': '#e8eff5', 'text-halo-color': '#0a1016', 'text-halo-width': 2 },
    },
  ];
}
