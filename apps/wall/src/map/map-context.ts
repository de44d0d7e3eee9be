import type { Map as MapLibre } from 'maplibre-gl';
import { createContext, useContext } from 'react';

/** A drawn map, and how much larger than at arm's length this screen draws (labels and marks are in pixels). */
export interface DrawnMap {
  map: MapLibre;
  scale: number;
}

export const MapContext = createContext<DrawnMap | null>(null);

/** The map a layer draws on. Layers are children of the map and exist only while it does. */
export function useMap(): DrawnMap {
  const drawn = useContext(MapContext);
  if (drawn === null) throw new Error('a layer outside the map');
  return drawn;
}
