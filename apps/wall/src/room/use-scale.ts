import { useLayoutEffect, useSyncExternalStore } from 'react';
import { scaleFor } from './layout.ts';

const basePx = 16;

/**
 * Factor of this screen's sizes over the design at 1920 × 1080: larger on a finer panel of the same size, and for a
 * reader further away. The page takes it through the root's font size, the map (which is in pixels) through this.
 */
export function useScale(distanceM: number): number {
  useLayoutEffect(() => {
    document.documentElement.style.setProperty('--distance-scale', String(scaleFor(distanceM)));
    window.dispatchEvent(new Event('resize'));
  }, [distanceM]);
  return useSyncExternalStore(onResize, rootScale);
}

function onResize(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => {
    window.removeEventListener('resize', listener);
  };
}

/** In steps of a twentieth: the map is drawn anew when it changes. */
function rootScale(): number {
  const px = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.round((px / basePx) * 20) / 20;
}
