import { PatrolsLayer } from '../patrols/patrols-layer.tsx';
import { EmergencyLayer } from './emergency-layer.tsx';

/** What the emergency service draws, from faint to strong. */
export function EmergencyLayers() {
  return (
    <>
      <PatrolsLayer />
      <EmergencyLayer />
    </>
  );
}
