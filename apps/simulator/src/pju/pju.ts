import type { StreetScene } from '@siaga/contracts';
import { randomOf, shuffled } from '../random.ts';
import { LAMP_EVERY_S, PANEL_EVERY_S, type Network } from './network.ts';
import { sceneOf, worldIn, type Scene } from './scenes.ts';
import { devicesOf, reportOf, viewOf, type Device, type Report, type View } from './telemetry.ts';
import { quietWorld, type World } from './world.ts';

/** What the door answered to a message: taken; some of its devices are in no register; or not now. */
export type Heard = 'taken' | 'strangers' | 'later';

/** Carries reports to the city's door. Never rejects. */
export type Tell = (bodies: readonly object[]) => Promise<Heard>;

/** As many as one message may hold, and as many as are remembered while the city does not answer. */
const AT_ONCE = 100;
const MEMORY = 5000;
const RETRY_MS = 3000;

interface Told {
  readonly device: Device;
  view: View | undefined;
  nextMs: number;
}

/** The simulated PJU: its devices report what they see of the world, at once when it changes, and every so often. */
export class Pju {
  readonly #network: Network;
  readonly #seed: string;
  readonly #tell: Tell;
  readonly #say: (line: string) => void;
  readonly #devices: readonly Told[];
  #scene: { scene: Scene; startedMs: number; said: number } | undefined;
  /** Said, and not taken yet. */
  #waiting: object[] = [];
  /** Of modems without network. */
  #held: Report[] = [];
  #sending = false;
  #retryAtMs = 0;

  constructor(network: Network, options: { seed: string; tell: Tell; say: (line: string) => void; nowMs: number }) {
    this.#network = network;
    this.#seed = options.seed;
    this.#tell = options.tell;
    this.#say = options.say;
    this.#devices = devicesOf(network).map((device, index) => ({
      device,
      view: undefined,
      // spread over their interval: devices do not speak in chorus
      nextMs: options.nowMs + ((index * 1370) % (everyS(device) * 1000)),
    }));
  }

  /** Begins a scene; the one under way ends. */
  play(name: StreetScene, nowMs: number): void {
    this.#scene = { scene: sceneOf(name, this.#seed), startedMs: nowMs, said: 0 };
    this.#say(`adegan ${name} mulai · scene ${name} begins`);
  }

  /** Does what is due; called every second or so, a last gasp is on its way within one. */
  step(nowMs: number): void {
    const world = this.#worldAt(nowMs);
    for (const one of this.#devices) this.#look(one, world, nowMs);
    this.#letGo(world, nowMs);
    this.#waiting.splice(0, Math.max(0, this.#waiting.length - MEMORY));
    if (nowMs >= this.#retryAtMs) void this.#flush(nowMs);
  }

  #worldAt(nowMs: number): World {
    const quiet = quietWorld(this.#network, nowMs, this.#seed);
    if (this.#scene === undefined) return quiet;
    const { scene, startedMs } = this.#scene;
    const elapsedS = (nowMs - startedMs) / 1000;
    const happened = scene.steps.filter(({ atS }) => atS <= elapsedS);
    for (const { say } of happened.slice(this.#scene.said)) if (say !== undefined) this.#say(say);
    this.#scene.said = happened.length;
    if (elapsedS < scene.lastsS) return worldIn(scene, quiet, elapsedS);
    this.#scene = undefined;
    this.#say('adegan selesai · the scene is over');
    return quiet;
  }

  #look(one: Told, world: World, nowMs: number): void {
    const view = viewOf(one.device, world);
    const isNews = one.view === undefined || JSON.stringify(view) !== JSON.stringify(one.view);
    // what has no current says its last word and nothing more
    if (!isNews && (one.nextMs > nowMs || !view.fed)) return;
    const report = reportOf(one.device, { view, before: one.view, atMs: nowMs, world, seed: this.#seed });
    if (report.isHeld) this.#held.push(report);
    else this.#waiting.push(report.body);
    one.view = view;
    one.nextMs = nowMs + everyS(one.device) * 1000;
  }

  /** A modem that has a network again sends what it remembered, in no order, and one of it twice. */
  #letGo({ mutePanels }: World, nowMs: number): void {
    const back = this.#held.filter(({ panelId }) => !mutePanels.has(panelId)).map(({ body }) => body);
    if (back.length === 0) return;
    this.#held = this.#held.filter(({ panelId }) => mutePanels.has(panelId));
    this.#waiting.push(...shuffled(randomOf(this.#seed, 'held', nowMs), back), ...back.slice(0, 1));
  }

  async #flush(nowMs: number): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#waiting.length > 0) {
        const some = this.#waiting.slice(0, AT_ONCE);
        const heard = await this.#tell(some);
        if (heard === 'later') {
          this.#retryAtMs = nowMs + RETRY_MS;
          return;
        }
        this.#waiting = this.#waiting.filter((body) => !some.includes(body));
      }
    } finally {
      this.#sending = false;
    }
  }
}

const everyS = ({ lamp }: Device) => (lamp === undefined ? PANEL_EVERY_S : LAMP_EVERY_S);
