import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';

/** Source data before anything is known. */
export const nothing: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Replaces what a GeoJSON source of the map holds; the map draws it with its next frame. */
export function fill(map: MapLibre, source: string, data: GeoJSON.GeoJSON): void {
  void map.getSource<GeoJSONSource>(source)?.setData(data);
}

/** Something that draws itself again for as long as it says so. */
export interface Drawing {
  /** Draws with the next frame, whatever was planned. */
  wake: () => void;
  stop: () => void;
}

/**
 * Calls `draw` with the time of `performance.now()`; its answer is in how many ms to draw again, `null` for not until
 * somebody wakes it. Nothing runs while nothing moves.
 */
export function startDrawing(draw: (nowMs: number) => number | null): Drawing {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame: number | undefined;
  const drawNow = () => {
    frame = undefined;
    const againMs = draw(performance.now());
    if (againMs !== null) timer = setTimeout(wake, againMs - halfFrameMs);
  };
  const wake = () => {
    clearTimeout(timer);
    frame ??= requestAnimationFrame(drawNow);
  };
  return {
    wake,
    stop: () => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
    },
  };
}

/** The next frame is on average half a frame after the timer. */
const halfFrameMs = 8;
