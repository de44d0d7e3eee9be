import { TrackLayer } from './track-layer.tsx';
import { TrailsLayer } from './trails-layer.tsx';
import { TrucksLayer } from './trucks-layer.tsx';

/** What the waste domain draws, from the bottom up. */
export function WasteLayers() {
  return (
    <>
      <TrailsLayer />
      <TrackLayer />
      <TrucksLayer />
    </>
  );
}
