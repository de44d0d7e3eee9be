import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';

/** Source data before anything is known. */
export const nothing: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** What each source of a map holds, as it was filled. */
const filled = new WeakMap<MapLibre, Map<string, string>>();

/**
 * Replaces what a GeoJSON source of the map holds; the map draws it with its next frame. What it holds already draws nothing:
 * layers say every second what they know, and a wall without a graphics card takes a third of a second for each picture.
 */
export function fill(map: MapLibre, source: string, data: GeoJSON.GeoJSON): void {
  const holder = map.getSource<GeoJSONSource>(source);
  if (holder === undefined) return;
  const before = filled.get(map) ?? new Map<string, string>();
  filled.set(map, before);
  const drawn = JSON.stringify(data);
  if (before.get(source) === drawn) return;
  before.set(source, drawn);
  void holder.setData(data);
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
