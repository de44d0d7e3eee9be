import { createClient, EmergencyScene, StreetScene } from '@siaga/contracts';
import type { SimulatorConfig } from './config.ts';
import { Doors } from './door.ts';
import { beginEmergency } from './emergency/begin.ts';
import type { Emergency } from './emergency/emergency.ts';
import { fleet } from './fleet.ts';
import { beginPju } from './pju/begin.ts';
import type { Pju } from './pju/pju.ts';
import { enrol } from './register.ts';
import { RegisterWatch } from './register-watch.ts';
import { pause, whenReachable } from './reachable.ts';
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

/** The loop looks around at least so often. */
const LONGEST_SLEEP_MS = 1000;

/**
 * Runs the simulated trucks, street lights and units until `stop`, or until the register no longer knows the trucks; none once the
 * city works in earnest.
 */
export async function simulate(config: SimulatorConfig, { stop, say, now = Date.now }: Surroundings): Promise<Ending> {
  const { GATEWAY_URL: url, SIAGA_SIMULATOR_TOKEN: token, SEED: seed, SPEED: speed } = config;
  const doors = new Doors({ url, token, stop });
  const client = createClient({ baseUrl: url, token, fetch: doors.fetch });
  const trucks = await whenReachable(() => enrol(client, fleet), { stop, say });
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
  const over = new AbortController();
  const running: { pju?: Pju | undefined; emergency?: Emergency | undefined } = {};
  const street = StreetScene.safeParse(config.SCENE).data;
  const calls = EmergencyScene.safeParse(config.SCENE).data;
  const how = { stop: over.signal, say, now };
  const lit = beginPju({ client, doors, watch, seed, scene: street }, how).then((pju) => {
    running.pju = pju;
  });
  const crewed = beginEmergency({ client, doors, seed, scene: calls }, how).then((emergency) => {
    running.emergency = emergency;
  });
  try {
    while (!watch.gone) {
      watch.look(now());
      running.pju?.step(now());
      running.emergency?.step(now());
      if (!(await pause(Math.min(traffic.step(), LONGEST_SLEEP_MS), stop))) return 'stopped';
    }
    return 'cleared';
  } finally {
    over.abort();
    await Promise.all([lit, crewed]);
  }
}
