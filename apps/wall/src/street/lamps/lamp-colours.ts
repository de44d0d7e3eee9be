import type { LampLook } from './seen-lamps.ts';

/** Colours of lamps on the map, as in `look/tokens.css`; WebGL cannot read custom properties. */
export const lampColours: Record<LampLook, string> = {
  lit: '#ffcf87',
  off: '#5d7a94',
  dark: '#ff8f80',
  suspected: '#ff8f80',
  'day-burning': '#e7d66a',
  unknown: '#8ea3b5',
  unmonitored: '#6b8095',
};
