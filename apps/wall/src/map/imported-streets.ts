import type { LayerSpecification } from 'maplibre-gl';

/** Where the imported streets come from; shown wherever they are. */
export const streetCredit = '© OpenStreetMap contributors, ODbL';

/** Source of what `siaga map import` made. */
export const IMPORTED = 'imported-streets';

/** Below everything else and faint: what happens on a street is drawn over it. Widths of the drawing: 1 the widest, 4 for walking. */
export const importedStreetLayers: LayerSpecification[] = [
  { width: 4, fromZoom: 14.5, colour: '#22323f', pixels: [14.5, 0.6, 18, 4] },
  { width: 3, fromZoom: 12.5, colour: '#263847', pixels: [12.5, 0.5, 18, 9] },
  { width: 2, fromZoom: 10, colour: '#2c4152', pixels: [10, 0.5, 14, 2, 18, 13] },
  { width: 1, fromZoom: 9, colour: '#344c60', pixels: [9, 0.6, 14, 2.8, 18, 17] },
].map(({ width, fromZoom, colour, pixels }): LayerSpecification => ({
  id: `imported-streets-${String(width)}`,
  type: 'line',
  source: IMPORTED,
  minzoom: fromZoom,
  filter: ['==', ['get', 'width'], width],
  layout: { 'line-cap': 'round', 'line-join': 'round' },
  paint: {
    'line-color': colour,
    'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], ...pixels],
  },
}));

/** Names along the streets, those of the wide ones from farther away; they give way to everything that has a name of its own. */
export function importedNameLayers(scale: number): LayerSpecification[] {
  return [
    { id: 'wide', fromZoom: 13, widths: [1, 2] },
    { id: 'narrow', fromZoom: 15.5, widths: [3, 4] },
  ].map(({ id, fromZoom, widths }): LayerSpecification => ({
    id: `imported-names-${id}`,
    type: 'symbol',
    source: IMPORTED,
    minzoom: fromZoom,
    filter: ['in', ['get', 'width'], ['literal', widths]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': ['Siaga Medium'],
      'text-size': 11.5 * scale,
      'text-max-angle': 35,
    },
    paint: { 'text-color': '#8ea3b5', 'text-halo-color': '#14202b', 'text-halo-width': 1.3 * scale },
  }));
}
