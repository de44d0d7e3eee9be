import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, Fault, type Client } from '@siaga/contracts';
import type { SimulatorConfig } from './config.ts';
import { Doors } from './door.ts';
import { fleet, type SimulatedTruck } from './fleet.ts';
import { enrol } from './register.ts';
import { RegisterWatch } from './register-watch.ts';
import { Traffic } from './traffic.ts';
import type { Send } from './tracker.ts';

/** Why a run ended: asked to, the city works in earnest, its trucks were cleared from the register, or none could be put there. */
export type Ending = 'stopped' | 'begun' | 'cleared' | 'no-trucks';

export interface Surroundings {
  stop: AbortSignal;
  /** Tells the person at the terminal one sentence. */
  say: (line: string) => void;
  /** The real time, epoch ms. */
  now?: () => number;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** The loop looks around at least so often. */
const LONGEST_SLEEP_MS = 1000;

/** Runs the simulated trucks until `stop`, or until the register no longer knows them; none once the city works in earnest. */
export async function simulate(config: SimulatorConfig, { stop, say, now = Date.now }: Surroundings): Promise<Ending> {
  const { GATEWAY_URL: url, SIAGA_SIMULATOR_TOKEN: token, SEED: seed, SPEED: speed } = config;
  const doors = new Doors({ url, token, stop });
  const client = createClient({ baseUrl: url, token, fetch: doors.fetch });
  const trucks = await enrolWhenReachable(client, { stop, say });
  if (trucks === undefined) return 'stopped';
  if (trucks === 'begun') return 'begun';
  if (trucks.length === 0) return 'no-trucks';
  say(`${String(trucks.length)} simulated trucks are registered; seed ${seed}, speed ${String(speed)}`);

  const watch = new RegisterWatch(client, trucks, now());
  const send: Send = async (message) => {
    await watch.answered;
    if (watch.gone) return 'later';
    const answer = await doors.knock(message);
    if (answer === 'refused') watch.doubt(now());
    return answer;
  };
  const traffic = new Traffic(trucks, { seed, speed, send, now });
  while (!watch.gone) {
    watch.look(now());
    if (!(await pause(Math.min(traffic.step(), LONGEST_SLEEP_MS), stop))) return 'stopped';
  }
  return 'cleared';
}

/** The trucks it may move, as soon as the gateway answers; undefined when stopped before. Rejects when refused for good. */
async function enrolWhenReachable(
  client: Client,
  { stop, say }: Surroundings,
): Promise<readonly SimulatedTruck[] | 'begun' | undefined> {
  for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2)) {
    try {
      return await enrol(client, fleet);
    } catch (error) {
      if (!(error instanceof Fault && error.retriable)) throw error;
      if (waitMs === FIRST_RETRY_MS && !stop.aborted) say(`waiting for the city: ${error.message}`);
    }
    if (!(await pause(waitMs, stop))) return undefined;
  }
}

/** Sleeps; false when stopped meanwhile. */
async function pause(ms: number, stop: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal: stop }).catch(() => false);
}
