import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { mapColours, mapFonts } from '../../map/base-style.ts';
import { lampColours } from './lamp-colours.ts';

/** From here on a lamp is large enough to be chosen, and whether its place is a guess is told. */
export const lampsFromZoom = 13.6;

/** By zoom: pixels at the whole city, at a kelurahan, at a street. */
const byZoom = (city: number, kelurahan: number, street: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  ...[11.5, city],
  ...[14, kelurahan],
  ...[17.5, street],
];

const look = ['get', 'look'] as const;
const colour: ExpressionSpecification = [
  'match',
  [...look],
  'lit',
  lampColours.lit,
  'off',
  lampColours.off,
  'unmonitored',
  lampColours.unmonitored,
  lampColours.unknown,
];
/** Old news is drawn as it was, but dim. */
const dimmedWhenOld = (opacity: number): ExpressionSpecification => ['case', ['get', 'old'], opacity * 0.4, opacity];
const exceptions = ['dark', 'suspected', 'day-burning'];

/** Lamps from a source of points with `look`, `old` and `approximate`: faint when normal, a mark when not. */
export function lampLayers(source: string, scale: number): LayerSpecification[] {
  return [
    {
      id: 'lamp-glow',
      type: 'circle',
      source,
      filter: ['==', [...look], 'lit'],
      paint: {
        'circle-radius': byZoom(2.6 * scale, 8 * scale, 30 * scale),
        'circle-color': lampColours.lit,
        'circle-blur': 1,
        'circle-opacity': dimmedWhenOld(0.3),
      },
    },
    {
      id: 'lamps',
      type: 'circle',
      source,
      filter: ['!', ['in', [...look], ['literal', exceptions]]],
      paint: {
        'circle-radius': byZoom(0.9 * scale, 1.9 * scale, 5 * scale),
        'circle-color': colour,
        'circle-opacity': dimmedWhenOld(0.75),
      },
    },
    {
      id: 'lamp-exceptions',
      type: 'symbol',
      source,
      filter: ['in', [...look], ['literal', exceptions]],
      layout: {
        'icon-image': ['concat', 'lamp-', [...look]],
        'icon-size': byZoom(0.55, 0.85, 1.5),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['match', [...look], 'dark', 2, 'suspected', 1, 0],
      },
      paint: { 'icon-opacity': dimmedWhenOld(1) },
    },
    {
      id: 'lamp-guesses',
      type: 'symbol',
      source,
      minzoom: 15,
      filter: ['get', 'approximate'],
      layout: {
        'text-field': '≈',
        'text-font': mapFonts.strong,
        'text-size': 13 * scale,
        'text-anchor': 'left',
        'text-offset': [0.7, 0],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': mapColours.second, 'text-halo-color': mapColours.ground, 'text-halo-width': scale },
    },
  ];
}

/** Layers of lamps that answer to a click. */
export const clickable = ['lamps', 'lamp-exceptions'] as const;
