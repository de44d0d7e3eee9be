import type { Map as MapLibre } from 'maplibre-gl';
import { createContext, useContext } from 'react';

/** How much larger than at arm's length a screen draws its map, where everything is in pixels. */
export interface MapSize {
  /** Factor on names. */
  scale: number;
  /** Factor on marks: they are found more easily than names are read. */
  markScale: number;
  /** Names of areas and places are left out: from far they only cover what moves. */
  far: boolean;
}

/** A drawn map and its sizes. */
export interface DrawnMap extends MapSize {
  map: MapLibre;
}

export const MapContext = createContext<DrawnMap | null>(null);

/** The map a layer draws on. Layers are children of the map and exist only while it does. */
export function useMap(): DrawnMap {
  const drawn = useContext(MapContext);
  if (drawn === null) throw new Error('a layer outside the map');
  return drawn;
}
