import { lazy } from 'react';
import type { Domain } from '../domain.ts';
import { ADMIN, administers } from './kinds.ts';

/** People, screens and devices of the city. Few ever open it: it is loaded when one does. */
export const admin: Domain = {
  id: 'admin',
  panels: { [ADMIN]: lazy(() => import('./admin-panel.tsx')) },
  keys: { k: ADMIN },
  mayUse: administers,
};
