import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, Fault, type Client } from '@siaga/contracts';
import type { Config } from './config.ts';
import { knock } from './door.ts';
import { fleet, type SimulatedTruck } from './fleet.ts';
import { enrol, stillEnrolled } from './register.ts';
import { Traffic } from './traffic.ts';
import type { Send } from './tracker.ts';

/** Why a run ended: asked to, its trucks were cleared from the register, or none could be put there. */
export type Ending = 'stopped' | 'cleared' | 'no-trucks';

const ASK_REGISTER_EVERY_MS = 30_000;
/** A refusal may mean that the trucks were cleared: then the register is asked sooner, but not for each refusal. */
const ASK_AFTER_REFUSAL_MS = 3000;
const LONGEST_RETRY_MS = 10_000;

/** Runs the simulated trucks until `stop`, or until the register no longer knows them. */
export async function simulate(config: Config, stop: AbortSignal, say: (line: string) => void): Promise<Ending> {
  const client = createClient({ baseUrl: config.GATEWAY_URL, token: config.SIAGA_SIMULATOR_TOKEN });
  const trucks = await enrolWhenReachable(client, stop, say);
  if (trucks === undefined) return 'stopped';
  if (trucks.length === 0) return 'no-trucks';
  say(`${String(trucks.length)} simulated trucks are registered; seed ${config.SEED}, speed ${String(config.SPEED)}`);

  const watch = new RegisterWatch(client, trucks);
  const send: Send = async (message) => {
    const answer = await knock(config.GATEWAY_URL, message, stop);
    if (answer === 'refused') watch.suspect();
    return answer;
  };
  const traffic = new Traffic(trucks, { seed: config.SEED, speed: config.SPEED, realMs: Date.now(), send });
  while (!watch.gone) {
    watch.look(Date.now());
    if (!(await pause(Math.min(traffic.step(Date.now()), ASK_AFTER_REFUSAL_MS), stop))) return 'stopped';
  }
  return 'cleared';
}

/** Asks the register now and then whether the trucks are still there; silence and refusals mean nothing. */
class RegisterWatch {
  gone = false;
  readonly #client: Client;
  readonly #trucks: readonly SimulatedTruck[];
  #askedMs = Date.now();
  #patienceMs = ASK_REGISTER_EVERY_MS;

  constructor(client: Client, trucks: readonly SimulatedTruck[]) {
    this.#client = client;
    this.#trucks = trucks;
  }

  suspect(): void {
    this.#patienceMs = ASK_AFTER_REFUSAL_MS;
  }

  look(realMs: number): void {
    if (realMs - this.#askedMs < this.#patienceMs) return;
    this.#askedMs = realMs;
    this.#patienceMs = ASK_REGISTER_EVERY_MS;
    stillEnrolled(this.#client, this.#trucks).then(
      (there) => (this.gone = !there),
      () => undefined,
    );
  }
}

/** The trucks it may move, as soon as the gateway answers; undefined when stopped before. Rejects when refused for good. */
async function enrolWhenReachable(
  client: Client,
  stop: AbortSignal,
  say: (line: string) => void,
): Promise<readonly SimulatedTruck[] | undefined> {
  for (let waitMs = 500; ; waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2)) {
    try {
      return await enrol(client, fleet);
    } catch (error) {
      if (!(error instanceof Fault && error.retriable)) throw error;
      if (waitMs === 500) say(`waiting for the city: ${error.message}`);
    }
    if (!(await pause(waitMs, stop))) return undefined;
  }
}

/** Sleeps; false when stopped meanwhile. */
async function pause(ms: number, stop: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal: stop }).catch(() => false);
}
