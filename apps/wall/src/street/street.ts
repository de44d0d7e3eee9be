import { lazy } from 'react';
import type { Domain } from '../domain.ts';
import { ahead } from '../room/ahead.tsx';
import { CAMERA, CONTROL, FOOTAGE, JOBS, LAMP, NEAR, PANEL, WATCH } from './kinds.ts';
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
    [LAMP]: ahead(() => import('./lamps/lamp-panel.tsx')),
    [PANEL]: ahead(() => import('./panels/panel-panel.tsx')),
    [CAMERA]: ahead(() => import('./cameras/camera-panel.tsx')),
    [WATCH]: ahead(() => import('./cameras/view/watch-panel.tsx')),
    [NEAR]: ahead(() => import('./cameras/near-panel.tsx')),
    [JOBS]: lazy(() => import('./work-orders/jobs-panel.tsx')),
    [CONTROL]: lazy(() => import('./control/control-panel.tsx')),
    [FOOTAGE]: lazy(() => import('./footage/footage-panel.tsx')),
  },
};
