import type { Domain } from '../domain.ts';
import { ME } from './kinds.ts';
import { MePanel } from './me/me-panel.tsx';
import { WhoChip } from './me/who-chip.tsx';
import { RevealBand } from './reveal/reveal-band.tsx';

/** Who is at this screen. */
export const whoIsHere: Domain = {
  id: 'session',
  Light: WhoChip,
  Band: RevealBand,
  panels: { [ME]: MePanel },
  keys: { m: ME },
  mayUse: ({ kind }) => kind !== 'screen',
};
