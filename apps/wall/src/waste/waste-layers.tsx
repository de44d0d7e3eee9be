import { TrackLayer } from './tracks/track-layer.tsx';
import { TrailsLayer } from './tracks/trails-layer.tsx';
import { TrucksLayer } from './trucks/trucks-layer.tsx';

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
