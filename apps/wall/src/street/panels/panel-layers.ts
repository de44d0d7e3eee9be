import type { ExpressionSpecification, LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import { mapColours, mapFonts } from '../../map/base-style.ts';
import { addMark, shape, type Mark } from '../../map/marks.ts';
import { lampColours } from '../lamps/lamp-colours.ts';

/** From here on every panel is shown; before, those with much wrong. */
const allFromZoom = 14.2;
/** From here on a panel without trouble has its name. */
const namesFromZoom = 15.2;

const trouble: ExpressionSpecification = ['get', 'trouble'];
const isWrong: ExpressionSpecification = ['!=', trouble, 'none'];
const isLarge: ExpressionSpecification = ['get', 'isLarge'];

/** A box with a door: panels differ from everything round. */
const box =
  (line: string, open = false): Mark =>
  (pen) => {
    if (open) pen.setLineDash([2.4, 2]);
    shape(
      pen,
      [
        [-4.4, -5.4],
        [4.4, -5.4],
        [4.4, 5.4],
        [-4.4, 5.4],
      ],
      { fill: '#0d1720', line, width: 1.8 },
    );
    pen.setLineDash([]);
    shape(
      pen,
      [
        [-1, -3.2],
        [1.9, -3.2],
        [0.3, -0.4],
        [1.8, -0.4],
        [-1.3, 3.6],
        [-0.4, 0.7],
        [-1.9, 0.7],
      ],
      { fill: line },
    );
  };

/** Puts the marks of panels on the map. */
export function addPanelMarks(map: MapLibre, scale: number): void {
  const marks: Record<string, Mark> = {
    'panel-none': box(mapColours.second),
    'panel-dark': box(lampColours.dark),
    'panel-suspected': box(lampColours.suspected, true),
    'panel-day-burning': box(lampColours['day-burning']),
  };
  for (const [name, mark] of Object.entries(marks)) addMark(map, name, { size: 16, scale, mark });
}

/** Panels from a source of points: from far the sum of one with trouble ("31 dari 34 menyala"), near all of them. */
export function panelLayers(source: string, scale: number): LayerSpecification[] {
  const label: ExpressionSpecification = [
    'format',
    ['get', 'name'],
    { 'text-font': ['literal', mapFonts.strong] },
    '\n',
    {},
    ['get', 'sum'],
    { 'text-color': mapColours.second },
  ];
  return [
    {
      id: 'panels',
      type: 'symbol',
      source,
      filter: ['any', isLarge, ['>=', ['zoom'], allFromZoom]],
      layout: {
        'icon-image': ['concat', 'panel-', trouble],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.8, 16, 1.15],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'rank'],
        'text-field': [
          'step',
          ['zoom'],
          ['case', isLarge, label, ''],
          allFromZoom,
          ['case', isWrong, label, ''],
          namesFromZoom,
          label,
        ],
        'text-font': mapFonts.regular,
        'text-size': 12 * scale,
        'text-line-height': 1.15,
        'text-variable-anchor-offset': ['left', [0.9, 0], 'right', [-0.9, 0], 'top', [0, 0.9], 'bottom', [0, -0.9]],
        'text-justify': 'auto',
        'text-optional': true,
      },
      paint: {
        'text-color': mapColours.text,
        'text-halo-color': mapColours.ground,
        'text-halo-width': 1.6 * scale,
      },
    },
  ];
}
