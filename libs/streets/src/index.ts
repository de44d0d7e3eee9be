export { importMap, type MapImport } from './import-map.ts';
export { mapFiles, MapFolder, type Manifest } from './folder.ts';
export { OpenMaps, type OpenMap } from './open-map.ts';
export type { TravelTime } from './road-network.ts';
export type { NamedPlace } from './named-place.ts';
export { assumedKph } from './roads.ts';
