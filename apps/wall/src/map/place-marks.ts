import type { PlaceKind } from '@siaga/geo';
import type { Map as MapLibre } from 'maplibre-gl';
import { addMark, disc, shape, type Mark } from './marks.ts';

const water = '#7db8ff';
const plain = '#9fb2c2';

const square: Mark = (pen) => {
  shape(
    pen,
    [
      [-3.2, -3.2],
      [3.2, -3.2],
      [3.2, 3.2],
      [-3.2, 3.2],
    ],
    { line: plain, width: 1.3 },
  );
};
const cross: Mark = (pen) => {
  disc(pen, 5.5, { fill: '#0f1a24', line: water, width: 1.2 });
  shape(
    pen,
    [
      [-2.8, -0.8],
      [2.8, -0.8],
      [2.8, 0.8],
      [-2.8, 0.8],
    ],
    { fill: water },
  );
  shape(
    pen,
    [
      [-0.8, -2.8],
      [0.8, -2.8],
      [0.8, 2.8],
      [-0.8, 2.8],
    ],
    { fill: water },
  );
};
const bin: Mark = (pen) => {
  shape(
    pen,
    [
      [-3.4, -2.6],
      [3.4, -2.6],
      [2.4, 3.6],
      [-2.4, 3.6],
    ],
    { line: plain, width: 1.3 },
  );
};
const hill: Mark = (pen) => {
  shape(
    pen,
    [
      [-5, 3.6],
      [0, -4.4],
      [5, 3.6],
    ],
    { line: plain, width: 1.4 },
  );
};
const dot: Mark = (pen) => {
  disc(pen, 2.6, { fill: plain });
};

const marks: Record<PlaceKind, Mark> = {
  hospital: cross,
  puskesmas: cross,
  station: square,
  terminal: square,
  port: square,
  garage: square,
  office: square,
  square: dot,
  landfill: hill,
  tps: bin,
};

/** The small marks of the gazetteer, one per kind: `place-hospital`, `place-tps`, … */
export function addPlaceMarks(map: MapLibre, scale: number): void {
  for (const [kind, mark] of Object.entries(marks)) addMark(map, `place-${kind}`, { size: 16, scale, mark });
}
