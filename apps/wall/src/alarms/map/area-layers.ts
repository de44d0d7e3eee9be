import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { mapColours, mapFonts } from '../../map/base-style.ts';
import { severityColours } from './severity-marks.ts';

const bySeverity: ExpressionSpecification = [
  'match',
  ['get', 'severity'],
  'critical',
  severityColours.critical,
  'high',
  severityColours.high,
  'medium',
  severityColours.medium,
  severityColours.information,
];

/** Alarms from a source of outlines and one of their middles, both with `severity`, `chosen` and `calm`. */
export function areaLayers(areas: string, middles: string, scale: number): LayerSpecification[] {
  return [
    {
      id: 'alarm-areas',
      type: 'fill',
      source: areas,
      paint: {
        'fill-color': bySeverity,
        'fill-opacity': ['case', ['get', 'chosen'], 0.16, ['get', 'calm'], 0.03, 0.08],
      },
    },
    {
      id: 'alarm-outlines',
      type: 'line',
      source: areas,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': bySeverity,
        'line-width': ['case', ['get', 'chosen'], 2.4 * scale, 1.5 * scale],
        'line-opacity': ['case', ['get', 'calm'], 0.45, 0.85],
        'line-dasharray': [3, 2],
      },
    },
    {
      id: 'alarm-marks',
      type: 'symbol',
      source: middles,
      layout: {
        'icon-image': ['concat', 'alarm-', ['get', 'severity']],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'rank'],
        'text-field': [
          'format',
          ['get', 'name'],
          { 'text-font': ['literal', mapFonts.strong] },
          ['case', ['==', ['get', 'about'], ''], '', '\n'],
          {},
          ['get', 'about'],
          { 'font-scale': 0.88, 'text-color': mapColours.second },
        ],
        'text-font': mapFonts.regular,
        'text-size': 13.5 * scale,
        'text-max-width': 18,
        'text-variable-anchor-offset': ['left', [1.1, 0], 'right', [-1.1, 0], 'bottom', [0, -1], 'top', [0, 1]],
        'text-justify': 'auto',
        'text-optional': true,
      },
      paint: {
        'icon-opacity': ['case', ['get', 'calm'], 0.7, 1],
        'text-color': mapColours.text,
        'text-halo-color': mapColours.ground,
        'text-halo-width': 1.8 * scale,
      },
    },
  ];
}
