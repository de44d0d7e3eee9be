import type { Domain } from '../domain.ts';
import { ahead } from '../room/ahead.tsx';
import { ME } from './kinds.ts';
import { WhoChip } from './me/who-chip.tsx';
import { RevealBand } from './reveal/reveal-band.tsx';

/** Who is at this screen. */
export const whoIsHere: Domain = {
  id: 'session',
  Light: WhoChip,
  Band: RevealBand,
  panels: { [ME]: ahead(() => import('./me/me-panel.tsx')) },
  keys: { m: ME },
  mayUse: ({ kind }) => kind !== 'screen',
};
