import { lazy } from 'react';
import type { Domain } from '../domain.ts';
import { CameraPanel } from './cameras/camera-panel.tsx';
import { CAMERA, JOBS, LAMP, PANEL } from './kinds.ts';
import { LampPanel } from './lamps/lamp-panel.tsx';
import { PanelPanel } from './panels/panel-panel.tsx';
import { JobsLight } from './reports/jobs-light.tsx';
import { StreetProvider } from './street-context.tsx';
import { StreetLayers } from './street-layers.tsx';
import { StreetTiles } from './street-tiles.tsx';

/** Street lights (PJU) and cameras — Dishub. */
export const street: Domain = {
  id: 'street',
  Provider: StreetProvider,
  Light: JobsLight,
  Tiles: StreetTiles,
  Layers: StreetLayers,
  panels: {
    [LAMP]: LampPanel,
    [PANEL]: PanelPanel,
    [CAMERA]: CameraPanel,
    [JOBS]: lazy(() => import('./work-orders/jobs-panel.tsx')),
  },
};
