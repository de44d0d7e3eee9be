import { DeclareDuty, PutUnit, type Client, type EmergencyScene } from '@siaga/contracts';
import type { Doors } from '../door.ts';
import { whenReachable } from '../reachable.ts';
import { hasBegun } from '../register.ts';
import { SimulatedCrews } from './crews.ts';
import { SimulatedDesk } from './desk.ts';
import { Emergency } from './emergency.ts';
import { SimulatedHospitals } from './igd.ts';
import { simulatedUnits } from './units.ts';
import { unlessBusy } from './unless-busy.ts';

/** A shift; whoever runs the simulator for longer sees units that have not reported, as in every city. */
const SHIFT_MS = 12 * 3_600_000;

/** What the simulated 112 needs of the city. */
interface Needs {
  readonly client: Client;
  readonly doors: Doors;
  readonly seed: string;
  readonly scene: EmergencyScene | undefined;
}

/**
 * Registers the simulated units, declares those on duty that have a crew, and begins the calls. Undefined when stopped before,
 * when the city works in earnest, or when it does not take them: then one sentence says why.
 */
export async function beginEmergency(
  { client, doors, seed, scene }: Needs,
  { stop, say, now }: { stop: AbortSignal; say: (line: string) => void; now: () => number },
): Promise<Emergency | undefined> {
  const hospitals = new SimulatedHospitals(client, seed);
  try {
    const enrolled = await whenReachable(() => enrol(client, now() + SHIFT_MS), { stop, say });
    if (enrolled !== true) return undefined;
    await hospitals.enrol(now());
  } catch (error) {
    say(`no units are simulated: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  say(`${String(simulatedUnits().length)} simulated units are registered`);
  const desk = new SimulatedDesk(client, stop);
  const parts = { client, seed, say, desk, crews: new SimulatedCrews(client, seed), hospitals };
  const emergency = new Emergency({ ...parts, ring: (call) => doors.ring(call) }, now());
  if (scene !== undefined) emergency.play(scene, now());
  return emergency;
}

/** False once the city works in earnest. */
async function enrol(client: Client, untilMs: number): Promise<boolean> {
  for (const { unit, crew } of simulatedUnits()) {
    if (await hasBegun(client)) return false;
    const { unitId, ...body } = unit;
    const known = await client(PutUnit, { params: { unitId }, body });
    if (crew === undefined || known.duty === 'on') continue;
    await client(DeclareDuty, { params: { unitId }, body: { duty: 'on', untilMs, crew: [...crew] } }).catch(unlessBusy);
  }
  return true;
}
