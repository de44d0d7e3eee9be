import type { Client } from '@siaga/contracts';
import type { SimulatedTruck } from './fleet.ts';
import { stillEnrolled } from './register.ts';

const ASK_EVERY_MS = 30_000;
/** Refusals in a row are one doubt. */
const DOUBT_AGAIN_AFTER_MS = 3000;

/** Knows whether the simulated trucks were cleared from the register. No answer, or a refusal, changes nothing. */
export class RegisterWatch {
  /** They were cleared: nothing may be sent any more. */
  gone = false;
  /** Resolves, at once or when the question under way is answered; senders wait for it. */
  answered: Promise<void> = Promise.resolve();
  readonly #client: Client;
  readonly #trucks: readonly SimulatedTruck[];
  #askedMs: number;
  #doubtful = false;

  constructor(client: Client, trucks: readonly SimulatedTruck[], realMs: number) {
    this.#client = client;
    this.#trucks = trucks;
    this.#askedMs = realMs;
  }

  /** Asks now and then, and sooner in doubt. */
  look(realMs: number): void {
    if (realMs - this.#askedMs >= (this.#doubtful ? DOUBT_AGAIN_AFTER_MS : ASK_EVERY_MS)) this.#ask(realMs);
  }

  /** A door refused a device: asks as soon as may be, before more is sent. */
  doubt(realMs: number): void {
    this.#doubtful = true;
    this.look(realMs);
  }

  #ask(realMs: number): void {
    this.#askedMs = realMs;
    this.#doubtful = false;
    this.answered = stillEnrolled(this.#client, this.#trucks).then(
      (there) => {
        this.gone ||= !there;
      },
      () => undefined,
    );
  }
}
