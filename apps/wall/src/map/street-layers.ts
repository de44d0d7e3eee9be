import type { LayerSpecification } from 'maplibre-gl';

/**
 * Streets and water of a PMTiles file in the room's colours. Layer names are those of the Protomaps basemap
 * (`roads`) and of OpenMapTiles (`transportation`): whichever the file has is drawn.
 */
export const streetLayers: LayerSpecification[] = [
  {
    id: 'street-water',
    type: 'fill',
    source: 'streets',
    'source-layer': 'water',
    paint: { 'fill-color': '#0a1016' },
  },
  ...['roads', 'transportation'].map((layer): LayerSpecification => ({
    id: `street-${layer}`,
    type: 'line',
    source: 'streets',
    'source-layer': layer,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': '#2a3d4e',
      'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 11, 0.5, 14, 1.6, 18, 12],
    },
  })),
];
