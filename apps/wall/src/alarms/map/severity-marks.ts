import type { AlarmSeverity } from '@siaga/contracts';
import type { Map as MapLibre } from 'maplibre-gl';
import { addMark, disc, shape, type Mark } from '../../map/marks.ts';

/** Colours of severities on the map, as in `look/tokens.css`. */
export const severityColours: Record<AlarmSeverity, string> = {
  critical: '#ff5a4f',
  high: '#ffb545',
  medium: '#e7d66a',
  information: '#7db8ff',
};

const ground = '#0a1016';

const shapes: Record<AlarmSeverity, readonly (readonly [x: number, y: number])[] | 'disc'> = {
  critical: [[0, -9], [9, 0], [0, 9], [-9, 0]], // prettier-ignore
  high: [[0, -8], [8.6, 7], [-8.6, 7]], // prettier-ignore
  medium: [[-6.5, -6.5], [6.5, -6.5], [6.5, 6.5], [-6.5, 6.5]], // prettier-ignore
  information: 'disc',
};

/** Puts the shape of each severity on the map: `alarm-critical`, `alarm-high`, … */
export function addSeverityMarks(map: MapLibre, scale: number): void {
  for (const [severity, points] of Object.entries(shapes)) {
    const look = { fill: severityColours[severity as AlarmSeverity], line: ground, width: 2 };
    const mark: Mark = (pen) => {
      if (points === 'disc') disc(pen, 6.8, look);
      else shape(pen, points, look);
    };
    addMark(map, `alarm-${severity}`, { size: 24, scale, mark });
  }
}
