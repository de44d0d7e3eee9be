import { ControlLight } from './control/control-light.tsx';
import { JobsLight } from './reports/jobs-light.tsx';

/** What of the street is said at the top of the screen: what waits, and what is switched by hand. */
export function StreetLights() {
  return (
    <>
      <JobsLight />
      <ControlLight />
    </>
  );
}
