/** Points of a line through the series in a box, first value left, `top` and above at the top, zero at the bottom. */
export function sparkPoints(
  series: readonly number[],
  top: number,
  { width, height }: { width: number; height: number },
): [x: number, y: number][] {
  const step = width / Math.max(1, series.length - 1);
  return series.map((value, index) => [
    index * step,
    height * (1 - Math.min(1, Math.max(0, value) / Math.max(1, top))),
  ]);
}
