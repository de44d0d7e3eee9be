import type { Map as MapLibre } from 'maplibre-gl';
import { isPointing } from './pointing.ts';

interface Choosable {
  layers: readonly string[];
  /** Property of a feature that says which one it is. */
  idField: string;
  choose: (id: string) => void;
  /** Below it they are too small to be meant. */
  fromZoom?: number;
}

/** Features of some layers are chosen by a click, and look as if they were. Answers a function that ends it. */
export function choosable(map: MapLibre, { layers, idField, choose, fromZoom = 0 }: Choosable): () => void {
  const canvas = map.getCanvas();
  const subscriptions = layers.flatMap((layer) => [
    map.on('click', layer, ({ features }) => {
      if (isPointing()) return;
      const id: unknown = features?.[0]?.properties[idField];
      if (map.getZoom() >= fromZoom && typeof id === 'string') choose(id);
    }),
    map.on('mouseenter', layer, () => {
      if (map.getZoom() >= fromZoom && !isPointing()) canvas.style.cursor = 'pointer';
    }),
    map.on('mouseleave', layer, () => {
      if (!isPointing()) canvas.style.cursor = '';
    }),
  ]);
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe();
  };
}
