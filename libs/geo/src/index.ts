export { between, bearingDeg, destination, distanceM, EARTH_RADIUS_M } from './sphere.ts';
export {
  bestViewFirst,
  cameraViewOf,
  USUAL_CAMERA_RANGE_M,
  type CameraStance,
  type CameraView,
} from './camera-view.ts';
export { areaContains, boundsOf, grow } from './bounds.ts';
export {
  centroidOf,
  distanceToRingM,
  labelPlaceOf,
  polygonsContain,
  ringAreaM2,
  ringContains,
  sidesOf,
  type Polygon,
  type Ring,
} from './polygon.ts';
export { dissolve } from './dissolve.ts';
export {
  borderDistanceM,
  kecamatan,
  kelurahan,
  kelurahanAt,
  outline,
  outlineAttribution,
  type Kecamatan,
  type Kelurahan,
  type Territory,
} from './kelurahan.ts';
export { places, type NamedPlace, type PlaceKind } from './gazetteer.ts';
export { asGeoJson } from './geo-json.ts';
export { provesPresence } from './presence.ts';
export { Grid, type Near } from './grid.ts';
export { areaOfTile, tileName, tileOf, tilesOf, type Tile } from './tiles.ts';
