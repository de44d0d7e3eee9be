import type { Place } from '@siaga/contracts';
import type { FleetTruck } from './fleet.ts';
import { markOf } from './truck-marks.ts';

interface Drawn {
  /** Where a truck is drawn at this moment, undefined for one never heard. */
  placeOf: (truckId: string) => Place | undefined;
  chosen: string | null;
  /** Writes a time of day. */
  time: (epochMs: number) => string;
}

/** Beyond so many trucks names only cover one another; the chosen one keeps its own. */
const mostNamed = 400;

/** Trucks as points with everything their layers look at. */
export function truckFeatures(fleet: readonly FleetTruck[], drawn: Drawn): GeoJSON.FeatureCollection {
  const allNamed = fleet.length <= mostNamed;
  return { type: 'FeatureCollection', features: fleet.flatMap((truck) => featureOf(truck, { ...drawn, allNamed })) };
}

function featureOf(
  { truckId, state, position }: FleetTruck,
  { placeOf, chosen, time, allNamed }: Drawn & { allNamed: boolean },
): GeoJSON.Feature[] {
  const place = placeOf(truckId);
  if (position === undefined || place === undefined) return [];
  return [
    {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
      properties: {
        truckId,
        state,
        mark: markOf(state, position.headingDeg),
        turn: state === 'moving' ? (position.headingDeg ?? 0) : 0,
        label: state === 'silent' ? `${truckId} · ${time(position.atMs)}` : truckId,
        chosen: truckId === chosen,
        named: allNamed || truckId === chosen,
        // Whoever fell silent lies under those who speak; the chosen one lies on top.
        rank: truckId === chosen ? 2 : state === 'silent' ? 0 : 1,
      },
    },
  ];
}
