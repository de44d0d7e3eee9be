import { sparkPoints } from './spark-points.ts';

const width = 120;
const height = 28;

/** A small line without axes; the number beside it says how much, this says which way. */
export function Sparkline({ series, top, hue }: { series: readonly number[]; top: number; hue: string }) {
  if (series.length < 2) return <div className="sparkline" aria-hidden="true" />;
  const points = sparkPoints(series, top, { width, height });
  const [lastX, lastY] = points.at(-1) ?? [0, 0];
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <svg
      className="sparkline"
      data-hue={hue}
      viewBox={`-3 -3 ${String(width + 6)} ${String(height + 6)}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon points={`0,${String(height)} ${line} ${lastX.toFixed(1)},${String(height)}`} />
      <polyline points={line} vectorEffect="non-scaling-stroke" />
      <line x1={lastX} x2={lastX} y1={lastY} y2={lastY} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
