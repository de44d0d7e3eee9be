import { ListIncidents, ListUnits, type Client, type EmergencyScene } from '@siaga/contracts';
import type { CrewTrouble, SimulatedCrews } from './crews.ts';
import type { SimulatedDesk } from './desk.ts';
import type { SimulatedHospitals } from './igd.ts';
import { callsBetween, callsOfScene, QUIET_AT_FIRST_MS, type SimulatedCall } from './ringing.ts';

/** Rings at the door of the telephone system; the call's number of the city, undefined where it was not taken. */
export type Ring = (call: SimulatedCall) => Promise<string | undefined>;

/** Crews are looked after so often. */
const LOOK_EVERY_MS = 3000;
/** A scene's trouble lasts so long. */
const TROUBLE_MS = 120_000;

interface Parts {
  readonly client: Client;
  readonly desk: SimulatedDesk;
  readonly crews: SimulatedCrews;
  readonly hospitals: SimulatedHospitals;
  readonly ring: Ring;
  readonly seed: string;
  readonly say: (line: string) => void;
}

/** The simulated 112: people call, and crews go where they are sent. */
export class Emergency {
  readonly #parts: Parts;
  #heardUntilMs: number;
  #waiting: SimulatedCall[] = [];
  #scene: { name: EmergencyScene; startMs: number } | undefined;
  #lookAtMs = 0;
  #isLooking = false;

  constructor(parts: Parts, nowMs: number) {
    this.#parts = parts;
    this.#heardUntilMs = nowMs + QUIET_AT_FIRST_MS;
  }

  /** Begins a scene, and its calls. */
  play(name: EmergencyScene, nowMs: number): void {
    this.#scene = { name, startMs: nowMs };
    this.#parts.say(`adegan ${name} mulai · scene ${name} begins`);
    this.#waiting.push(...callsOfScene(name, nowMs, this.#parts.seed));
  }

  /** Does what is due; called every second or so. */
  step(nowMs: number): void {
    if (nowMs > this.#heardUntilMs) {
      this.#waiting.push(...callsBetween(this.#heardUntilMs, nowMs, this.#parts.seed));
      this.#heardUntilMs = nowMs;
    }
    const due = this.#waiting.filter(({ atMs }) => atMs <= nowMs);
    this.#waiting = this.#waiting.filter(({ atMs }) => atMs > nowMs);
    for (const call of due) this.#told(this.#rings(call));
    if (this.#isLooking || nowMs < this.#lookAtMs) return;
    this.#isLooking = true;
    this.#told(
      this.#look(nowMs).finally(() => {
        this.#isLooking = false;
        this.#lookAtMs = nowMs + LOOK_EVERY_MS;
      }),
    );
  }

  async #rings(call: SimulatedCall): Promise<void> {
    const callId = await this.#parts.ring(call);
    if (callId !== undefined) await this.#parts.desk.answer(callId, call.story);
  }

  async #look(nowMs: number): Promise<void> {
    const { client, crews, desk, hospitals } = this.#parts;
    const { items } = await client(ListUnits, { query: { limit: 1000 } });
    const { items: open } = await client(ListIncidents, { query: { limit: 200, open: 'true' } });
    // a person who tries one of them out presses for himself
    const ours = items.filter(
      ({ unitId, crew }) => unitId.startsWith('SIM-') && crew.every(({ principalId }) => principalId === 'simulator'),
    );
    await crews.step(ours, { open, trouble: this.#troubleAt(nowMs), nowMs });
    await desk.close(open);
    await hospitals.step(nowMs);
  }

  #troubleAt(nowMs: number): CrewTrouble {
    const { name, startMs } = this.#scene ?? {};
    const isOn = startMs !== undefined && nowMs < startMs + TROUBLE_MS;
    return {
      isOffline: isOn && name === 'bad-network' && nowMs > startMs + TROUBLE_MS / 2,
      ...(name === 'silent-crew' && startMs !== undefined && { silentSinceMs: startMs }),
    };
  }

  /** What went wrong is tried again at the next look, or is nobody's harm: one sentence of it. */
  #told(doing: Promise<void>): void {
    doing.catch((error: unknown) => {
      this.#parts.say(`simulated 112: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}
