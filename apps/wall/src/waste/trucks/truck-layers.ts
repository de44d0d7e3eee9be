import type { LayerSpecification } from 'maplibre-gl';
import { mapColours, mapFonts } from '../../map/base-style.ts';

/** How trucks are drawn from a source of points with `mark`, `label`, `turn`, `state`, `rank` and `chosen`. */
export function truckLayers(source: string, scale: number): LayerSpecification[] {
  return [
    {
      id: 'truck-chosen',
      type: 'circle',
      source,
      filter: ['get', 'chosen'],
      paint: {
        'circle-radius': 15.5 * scale,
        'circle-color': '#7db8ff',
        'circle-opacity': 0.14,
        'circle-stroke-color': '#7db8ff',
        'circle-stroke-width': 1.6 * scale,
      },
    },
    {
      id: 'trucks',
      type: 'symbol',
      source,
      layout: {
        'icon-image': ['get', 'mark'],
        'icon-rotate': ['get', 'turn'],
        'icon-rotation-alignment': 'map',
        'icon-allow-overlap': true,
        'icon-ignore-placement': false,
        'symbol-sort-key': ['get', 'rank'],
        'text-field': ['case', ['get', 'named'], ['get', 'label'], ''],
        'text-font': mapFonts.strong,
        'text-size': 13 * scale,
        'text-variable-anchor-offset': ['left', [1.35, 0], 'right', [-1.35, 0], 'top', [0, 1.2], 'bottom', [0, -1.2]],
        'text-justify': 'auto',
        'text-optional': true,
      },
      paint: {
        'icon-opacity': ['match', ['get', 'state'], 'silent', 0.6, 1],
        'text-opacity': ['match', ['get', 'state'], 'silent', 0.85, 1],
        'text-color': mapColours.text,
        'text-halo-color': mapColours.ground,
        'text-halo-width': 1.6 * scale,
      },
    },
  ];
}
