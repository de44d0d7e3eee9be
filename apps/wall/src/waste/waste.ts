import { wasteFixes } from '@siaga/contracts';
import type { Domain } from '../domain.ts';
import { ConnectPanel } from './devices/connect-panel.tsx';
import { ImportPanel } from './register/import-panel.tsx';
import { CONNECT, IMPORT, TRUCK } from './kinds.ts';
import { TruckPanel } from './trucks/truck-panel.tsx';
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
  panels: { [TRUCK]: TruckPanel, [CONNECT]: ConnectPanel, [IMPORT]: ImportPanel },
  keys: { a: CONNECT },
};
