import { wasteFixes } from '@siaga/contracts';
import { lazy } from 'react';
import type { Domain } from '../domain.ts';
import { ahead } from '../room/ahead.tsx';
import { CONNECT, IMPORT, TRUCK } from './kinds.ts';
import { WasteColumn } from './waste-column.tsx';
import { WasteProvider } from './waste-context.tsx';
import { WasteLayers } from './waste-layers.tsx';
import { WasteTiles } from './waste-tiles.tsx';

/** Waste trucks — DLH. */
export const waste: Domain = {
  id: 'waste',
  requests: [wasteFixes],
  Provider: WasteProvider,
  Column: WasteColumn,
  Tiles: WasteTiles,
  Layers: WasteLayers,
  panels: {
    [TRUCK]: ahead(() => import('./trucks/truck-panel.tsx')),
    [CONNECT]: ahead(() => import('./devices/connect-panel.tsx')),
    [IMPORT]: lazy(() => import('./register/import-panel.tsx')),
  },
  keys: { a: CONNECT },
};
