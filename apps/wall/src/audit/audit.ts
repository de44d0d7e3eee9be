import { lazy } from 'react';
import type { Domain } from '../domain.ts';
import { AUDIT, readsAudit } from './kinds.ts';

/** Who saw or did what. */
export const audit: Domain = {
  id: 'audit',
  panels: { [AUDIT]: lazy(() => import('./audit-panel.tsx')) },
  keys: { c: AUDIT },
  mayUse: readsAudit,
};
