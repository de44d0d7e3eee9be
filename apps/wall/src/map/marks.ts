import type { Map as MapLibre } from 'maplibre-gl';

/** Draws one mark; the pen is scaled so that it works in CSS pixels of a box of `size` × `size`, origin in its middle. */
export type Mark = (pen: CanvasRenderingContext2D) => void;

/** Puts a canvas-drawn mark on the map under a name, sharp at the screen's own density; replaces an earlier one. */
export function addMark(
  map: MapLibre,
  name: string,
  { size, scale, mark }: { size: number; scale: number; mark: Mark },
): void {
  const density = window.devicePixelRatio * scale;
  const side = Math.ceil(size * density);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) return;
  pen.translate(side / 2, side / 2);
  pen.scale(density, density);
  mark(pen);
  const image = pen.getImageData(0, 0, side, side);
  if (map.hasImage(name)) map.removeImage(name);
  map.addImage(name, image, { pixelRatio: window.devicePixelRatio });
}

/** A filled circle, or a ring when `fill` is absent. */
export function disc(
  pen: CanvasRenderingContext2D,
  radius: number,
  look: { fill?: string; line?: string; width?: number },
) {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  paint(pen, look);
}

/** A closed shape through points given as x, y pairs. */
export function shape(
  pen: CanvasRenderingContext2D,
  points: readonly (readonly [x: number, y: number])[],
  look: { fill?: string; line?: string; width?: number },
) {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
  paint(pen, look);
}

function paint(pen: CanvasRenderingContext2D, { fill, line, width }: { fill?: string; line?: string; width?: number }) {
  if (fill !== undefined) {
    pen.fillStyle = fill;
    pen.fill();
  }
  if (line !== undefined) {
    pen.strokeStyle = line;
    pen.lineWidth = width ?? 1.5;
    pen.stroke();
  }
}
