import { lazy } from 'react';
import type { Domain } from '../domain.ts';
import { AlarmsColumn } from './alarms-column.tsx';
import { AlarmsProvider } from './alarms-context.tsx';
import { AlarmsTile } from './alarms-tile.tsx';
import { ALARM, CHOSEN_ALARMS } from './kinds.ts';
import { AlarmAreasLayer } from './map/alarm-areas-layer.tsx';

/** The alarm desk of every domain: its queue stands first, its areas lie below everything that moves. */
export const alarms: Domain = {
  id: 'alarms',
  Provider: AlarmsProvider,
  Column: AlarmsColumn,
  Tiles: AlarmsTile,
  Layers: AlarmAreasLayer,
  panels: {
    [ALARM]: lazy(() => import('./panel/alarm-panel.tsx')),
    [CHOSEN_ALARMS]: lazy(() => import('./panel/chosen-panel.tsx')),
  },
};
