import type { Domain } from '../domain.ts';
import { ahead } from '../room/ahead.tsx';
import { SYSTEM } from './kinds.ts';
import { MissedNotice } from './missed-notice.tsx';
import { SystemProvider } from './system-context.tsx';
import { SystemLight } from './system-light.tsx';

/** Siaga itself: whether everything that feeds this screen is well. */
export const system: Domain = {
  id: 'system',
  Provider: SystemProvider,
  Light: SystemLight,
  Notice: MissedNotice,
  panels: { [SYSTEM]: ahead(() => import('./system-panel.tsx')) },
  keys: { s: SYSTEM },
};
