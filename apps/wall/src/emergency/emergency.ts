import { OpenCall, type Me, lackOf } from '@siaga/contracts';
import { lazy } from 'react';
import type { Domain } from '../domain.ts';
import { ahead } from '../room/ahead.tsx';
import { EmergencyProvider } from './emergency-context.tsx';
import { EmergencyColumn } from './emergency-column.tsx';
import { EmergencyTile } from './emergency-tile.tsx';
import { EmergencyFinder } from './over/emergency-finder.tsx';
import { BOOKINGS, CALL, HOSPITALS, INCIDENT, OVER, PATROLS, UNITS } from './kinds.ts';
import { EmergencyLayers } from './map/emergency-layers.tsx';

/** 112 on the wall: incidents stand before everything else, and whoever answers calls does it here. */
export const emergency: Domain = {
  id: 'emergency',
  Provider: EmergencyProvider,
  Column: EmergencyColumn,
  Tiles: EmergencyTile,
  Layers: EmergencyLayers,
  Finder: EmergencyFinder,
  panels: {
    [CALL]: ahead(() => import('./calls/call-panel.tsx')),
    [INCIDENT]: ahead(() => import('./incidents/incident-panel.tsx')),
    [OVER]: lazy(() => import('./over/over-panel.tsx')),
    [UNITS]: ahead(() => import('./units/units-panel.tsx')),
    [BOOKINGS]: ahead(() => import('./bookings/bookings-panel.tsx')),
    [PATROLS]: lazy(() => import('./patrols/patrols-panel.tsx')),
    [HOSPITALS]: ahead(() => import('./hospitals/hospitals-panel.tsx')),
  },
  keys: { b: CALL, u: UNITS, p: BOOKINGS, r: HOSPITALS },
  mayUse: (me: Me) => lackOf(OpenCall, me) === undefined,
};
