import { DeclareDuty, Fault, PutUnit, type Client } from '@siaga/contracts';
import { whenReachable } from '../reachable.ts';
import { hasBegun } from '../register.ts';
import { simulatedUnits } from './units.ts';

/** A shift; whoever runs the simulator for longer sees units that have not reported, as in every city. */
const SHIFT_MS = 12 * 3_600_000;

/** Registers the simulated units and declares those on duty that have a crew. A city that does not take them says why. */
export async function beginUnits(
  client: Client,
  { stop, say, now }: { stop: AbortSignal; say: (line: string) => void; now: () => number },
): Promise<void> {
  const units = simulatedUnits();
  try {
    const enrolled = await whenReachable(() => enrol(client, now() + SHIFT_MS), { stop, say });
    if (enrolled === true) say(`${String(units.length)} simulated units are registered`);
  } catch (error) {
    say(`no units are simulated: ${error instanceof Error ? error.message : String(error)}`);
  }
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

/** Somebody else declared it, or sent it somewhere, at this moment. */
function unlessBusy(error: unknown): void {
  if (!(error instanceof Fault && error.kind === 'conflict')) throw error;
}
