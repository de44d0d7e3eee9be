import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import { mapColours, mapFonts } from '../../map/base-style.ts';
import { addMark, disc, shape, type Mark } from '../../map/marks.ts';

/** From here on cameras have their names; those that show nothing always have. */
const namesFromZoom = 14;
const seeing = '#7db8ff';
const blind = '#ff8f80';

const body =
  (line: string): Mark =>
  (pen) => {
    shape(
      pen,
      [
        [-6.4, -4.4],
        [3, -4.4],
        [3, 4.4],
        [-6.4, 4.4],
      ],
      { fill: '#0d1720', line, width: 1.8 },
    );
    shape(
      pen,
      [
        [3, -1.6],
        [7, -3.8],
        [7, 3.8],
        [3, 1.6],
      ],
      { fill: line },
    );
  };
const lens =
  (fill: string): Mark =>
  (pen) => {
    pen.translate(-1.7, 0);
    disc(pen, 1.9, { fill });
    pen.translate(1.7, 0);
  };
const slash: Mark = (pen) => {
  pen.beginPath();
  pen.moveTo(-7.5, 7);
  pen.lineTo(7.5, -7);
  pen.strokeStyle = mapColours.ground;
  pen.lineWidth = 4.6;
  pen.stroke();
  pen.strokeStyle = blind;
  pen.lineWidth = 2;
  pen.stroke();
};

/** Puts the marks of cameras on the map: one that shows its picture has a lens, one that does not is struck through. */
export function addCameraMarks(map: MapLibre, scale: number): void {
  const marks: Record<string, Mark[]> = {
    'camera-live': [body(seeing), lens(seeing)],
    'camera-down': [body(blind), slash],
    'camera-unchecked': [body(mapColours.third)],
  };
  for (const [name, parts] of Object.entries(marks)) {
    const mark: Mark = (pen) => {
      for (const part of parts) part(pen);
    };
    addMark(map, name, { size: 22, scale, mark });
  }
}

/** Cameras from a source of points and wedges. */
export function cameraLayers(source: string, scale: number): LayerSpecification[] {
  return [
    {
      id: 'camera-views',
      type: 'fill',
      source,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: {
        'fill-color': ['case', ['get', 'isLive'], seeing, blind],
        'fill-opacity': ['case', ['get', 'isLive'], 0.16, 0.08],
      },
    },
    {
      id: 'cameras',
      type: 'symbol',
      source,
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'icon-image': ['concat', 'camera-', ['get', 'mark']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.8, 16, 1.1],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['match', ['get', 'mark'], 'down', 0, 1],
        'text-field': [
          'step',
          ['zoom'],
          ['case', ['==', ['get', 'mark'], 'down'], ['get', 'name'], ''],
          namesFromZoom,
          ['format', ['get', 'name'], {}, '\n', {}, ['get', 'words'], { 'text-color': mapColours.second }],
        ],
        'text-font': mapFonts.strong,
        'text-size': 12 * scale,
        'text-line-height': 1.15,
        'text-variable-anchor-offset': ['left', [1.1, 0], 'right', [-1.1, 0], 'top', [0, 1], 'bottom', [0, -1]],
        'text-justify': 'auto',
        'text-optional': true,
      },
      paint: {
        'icon-opacity': ['case', ['get', 'old'], 0.5, 1],
        'text-color': mapColours.text,
        'text-halo-color': mapColours.ground,
        'text-halo-width': 1.6 * scale,
      },
    },
  ];
}
