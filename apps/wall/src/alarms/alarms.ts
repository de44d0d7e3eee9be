import type { Domain } from '../domain.ts';
import { ahead } from '../room/ahead.tsx';
import { AlarmsColumn } from './alarms-column.tsx';
import { AlarmsProvider } from './alarms-context.tsx';
import { AlarmsTile } from './alarms-tile.tsx';
import { ALARM, CHOSEN_ALARMS, HAND_OVER } from './kinds.ts';
import { AlarmAreasLayer } from './map/alarm-areas-layer.tsx';
import { AlarmSound } from './sound/alarm-sound.tsx';

/** The alarm desk of every domain: its queue stands first, its areas lie below everything that moves. */
export const alarms: Domain = {
  id: 'alarms',
  Provider: AlarmsProvider,
  Column: AlarmsColumn,
  Tiles: AlarmsTile,
  Layers: AlarmAreasLayer,
  Notice: AlarmSound,
  panels: {
    [ALARM]: ahead(() => import('./panel/alarm-panel.tsx')),
    [CHOSEN_ALARMS]: ahead(() => import('./panel/chosen-panel.tsx')),
    [HAND_OVER]: ahead(() => import('./hand-over/hand-over-panel.tsx')),
  },
  keys: { o: HAND_OVER },
};
