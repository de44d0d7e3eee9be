import type { Map as MapLibre } from 'maplibre-gl';
import { addMark, disc, shape, type Mark } from '../../map/marks.ts';
import { lampColours } from './lamp-colours.ts';

const ground = '#0a1016';

/** An open ring: no light. */
const dark: Mark = (pen) => {
  disc(pen, 4.6, { fill: ground, line: lampColours.dark, width: 2 });
};

/** Half a ring: it fell silent, nobody has seen that it is dark. */
const suspected: Mark = (pen) => {
  disc(pen, 4.6, { fill: ground });
  pen.beginPath();
  pen.arc(0, 0, 4.6, Math.PI, 2 * Math.PI);
  pen.strokeStyle = lampColours.suspected;
  pen.lineWidth = 2;
  pen.stroke();
  pen.beginPath();
  pen.setLineDash([1.6, 1.8]);
  pen.arc(0, 0, 4.6, 0, Math.PI);
  pen.stroke();
  pen.setLineDash([]);
};

/** A small sun: it burns by day. */
const dayBurning: Mark = (pen) => {
  disc(pen, 6.4, { fill: ground });
  disc(pen, 2.6, { fill: lampColours['day-burning'] });
  for (let turn = 0; turn < 8; turn += 1) {
    pen.save();
    pen.rotate((turn * Math.PI) / 4);
    shape(
      pen,
      [
        [-0.7, -6.2],
        [0.7, -6.2],
        [0.7, -4],
        [-0.7, -4],
      ],
      { fill: lampColours['day-burning'] },
    );
    pen.restore();
  }
};

const marks: Record<string, Mark> = { 'lamp-dark': dark, 'lamp-suspected': suspected, 'lamp-day-burning': dayBurning };

/** Puts the marks of lamps that are not as they should be on the map. */
export function addLampMarks(map: MapLibre, scale: number): void {
  for (const [name, mark] of Object.entries(marks)) addMark(map, name, { size: 16, scale, mark });
}
