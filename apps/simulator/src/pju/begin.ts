import type { Client, StreetScene } from '@siaga/contracts';
import type { Doors } from '../door.ts';
import { whenReachable } from '../reachable.ts';
import type { RegisterWatch } from '../register-watch.ts';
import { enrolPju, isStillEnrolled } from './enrolment.ts';
import { network } from './network.ts';
import { Pju, type Tell } from './pju.ts';

/** What the simulated street lights need of the city. */
interface Needs {
  readonly client: Client;
  readonly doors: Doors;
  readonly watch: RegisterWatch;
  readonly seed: string;
  readonly scene: StreetScene | undefined;
}

/**
 * Registers the simulated street lights and begins the scene that was asked for. Undefined when stopped before, when the city
 * works in earnest, or when it does not take them: then the trucks drive alone, and one sentence says why.
 */
export async function beginPju(
  { client, doors, watch, seed, scene }: Needs,
  { stop, say, now }: { stop: AbortSignal; say: (line: string) => void; now: () => number },
): Promise<Pju | undefined> {
  const lights = network();
  let isGone = false;
  const tell: Tell = async (bodies) => {
    await watch.answered;
    if (watch.gone || isGone) return 'taken';
    const heard = await doors.report(bodies);
    if (heard === 'strangers') {
      watch.doubt(now());
      isGone = !(await isStillEnrolled(client).catch(() => true));
    }
    return heard;
  };
  try {
    const enrolled = await whenReachable(() => enrolPju(client, lights), { stop, say });
    if (enrolled !== 'enrolled') return undefined;
  } catch (error) {
    say(`no street lights are simulated: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  const lamps = lights.panels.reduce((sum, panel) => sum + panel.lamps.length, 0);
  const counts = [lamps, lights.panels.length, lights.cameras.length].map(String);
  say(`${counts[0] ?? ''} simulated lamps on ${counts[1] ?? ''} panels and ${counts[2] ?? ''} cameras are registered`);
  const pju = new Pju(lights, { seed, tell, say, nowMs: now() });
  if (scene !== undefined) pju.play(scene, now());
  return pju;
}
