import type { ReactNode } from 'react';
import { Sparkline } from './sparkline.tsx';

export interface TileProps {
  title: string;
  /** The number; a dash when there is none yet. */
  value: ReactNode;
  /** Its unit, or what it is out of. */
  unit: string;
  /** What is not as it should be, in words; or that all is well. */
  exception: ReactNode;
  /** Shape over time. */
  series?: readonly number[];
  /** What the series is out of; absent: its own largest value. */
  top?: number;
  /** Colour of the series. */
  hue?: 'alive' | 'information' | 'attention' | 'lamp';
  /** Says something only to who can do something about it: left out where nobody reaches the screen. */
  needs?: 'hand';
}

/** One number of the bottom strip: value, unit, exception in words, shape over time. */
export function Tile({ title, value, unit, exception, series, top, hue = 'information', needs }: TileProps) {
  return (
    <section className="tile" aria-label={title} data-needs={needs}>
      <h2>{title}</h2>
      <p className="tile-number">
        <strong>{value}</strong> <span>{unit}</span>
      </p>
      <p className="tile-exception">{exception}</p>
      {series !== undefined && <Sparkline series={series} top={top ?? Math.max(...series)} hue={hue} />}
    </section>
  );
}
