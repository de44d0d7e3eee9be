import { lazy } from 'react';
import type { Domain } from '../domain.ts';
import { CameraPanel } from './cameras/camera-panel.tsx';
import { CAMERA, CONTROL, FOOTAGE, JOBS, LAMP, NEAR, PANEL, WATCH } from './kinds.ts';
import { LampPanel } from './lamps/lamp-panel.tsx';
import { PanelPanel } from './panels/panel-panel.tsx';
import { StreetFinder } from './search/street-finder.tsx';
import { StreetProvider } from './street-context.tsx';
import { StreetLights } from './street-lights.tsx';
import { StreetLayers } from './street-layers.tsx';
import { StreetTiles } from './street-tiles.tsx';

/** Street lights (PJU) and cameras — Dishub. */
export const street: Domain = {
  id: 'street',
  Provider: StreetProvider,
  Light: StreetLights,
  Tiles: StreetTiles,
  Layers: StreetLayers,
  Finder: StreetFinder,
  panels: {
    [LAMP]: LampPanel,
    [PANEL]: PanelPanel,
    [CAMERA]: CameraPanel,
    [WATCH]: lazy(() => import('./cameras/view/watch-panel.tsx')),
    [NEAR]: lazy(() => import('./cameras/near-panel.tsx')),
    [JOBS]: lazy(() => import('./work-orders/jobs-panel.tsx')),
    [CONTROL]: lazy(() => import('./control/control-panel.tsx')),
    [FOOTAGE]: lazy(() => import('./footage/footage-panel.tsx')),
  },
};
