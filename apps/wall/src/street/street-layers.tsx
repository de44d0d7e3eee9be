import { CamerasLayer } from './cameras/cameras-layer.tsx';
import { LampsLayer } from './lamps/lamps-layer.tsx';
import { PanelsLayer } from './panels/panels-layer.tsx';
import { PointingLayer } from './reports/pointing-layer.tsx';

/** What the street domain draws, from the bottom up. */
export function StreetLayers() {
  return (
    <>
      <LampsLayer />
      <PanelsLayer />
      <CamerasLayer />
      <PointingLayer />
    </>
  );
}
