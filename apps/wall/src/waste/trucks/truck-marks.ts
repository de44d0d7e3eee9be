import type { Map as MapLibre } from 'maplibre-gl';
import { addMark, disc, shape, type Mark } from '../../map/marks.ts';
import type { TruckState } from './fleet.ts';

/** Colours of truck states on the map, as in `look/tokens.css`. */
export const truckColours: Record<TruckState, string> = {
  moving: '#57d3a8',
  stopped: '#a9c4dc',
  silent: '#8ea3b5',
  never: '#8ea3b5',
};

const inside = '#0d1720';

const arrow =
  (colour: string): Mark =>
  (pen) => {
    shape(
      pen,
      [
        [0, -5.2],
        [4, 4.2],
        [0, 2.2],
        [-4, 4.2],
      ],
      { fill: colour },
    );
  };
const block =
  (colour: string): Mark =>
  (pen) => {
    shape(
      pen,
      [
        [-3, -3],
        [3, -3],
        [3, 3],
        [-3, 3],
      ],
      { fill: colour },
    );
  };
const ring =
  (colour: string): Mark =>
  (pen) => {
    disc(pen, 10.5, { fill: inside, line: colour, width: 2.2 });
  };
const broken =
  (colour: string): Mark =>
  (pen) => {
    pen.setLineDash([3.4, 2.6]);
    disc(pen, 10.5, { fill: inside, line: colour, width: 2 });
    pen.setLineDash([]);
  };

/** States differ by shape as well: arrow or dot in a ring moves, block in a ring stands, a broken ring is silent. */
const marks: Record<string, Mark[]> = {
  'truck-moving': [ring(truckColours.moving), arrow(truckColours.moving)],
  'truck-moving-unheaded': [
    ring(truckColours.moving),
    (pen) => {
      disc(pen, 3.6, { fill: truckColours.moving });
    },
  ],
  'truck-stopped': [ring(truckColours.stopped), block(truckColours.stopped)],
  'truck-silent': [
    broken(truckColours.silent),
    (pen) => {
      disc(pen, 2.6, { fill: truckColours.silent });
    },
  ],
};

/** Puts the marks of trucks on the map. */
export function addTruckMarks(map: MapLibre, scale: number): void {
  for (const [name, parts] of Object.entries(marks)) {
    const mark: Mark = (pen) => {
      for (const part of parts) part(pen);
    };
    addMark(map, name, { size: 26, scale, mark });
  }
}

/** Which mark a truck wears. */
export function markOf(state: TruckState, headingDeg: number | undefined): string {
  if (state === 'moving') return headingDeg === undefined ? 'truck-moving-unheaded' : 'truck-moving';
  return state === 'stopped' ? 'truck-stopped' : 'truck-silent';
}
