import { Fault } from '@siaga/contracts';
import type { Keep } from './keep.ts';
import { RefusedPresses, type RefusedStep } from './refused-presses.ts';

/** What a crew pressed, and when: kept until the city has it. */
export interface QueuedStep {
  /** One press, however often it is sent. */
  key: string;
  unitId: string;
  assignmentId: string;
  status: string;
  atMs: number;
  reason?: string;
}

export interface QueueState<Step = QueuedStep> {
  /** Not confirmed yet, oldest first. */
  waiting: readonly Step[];
  /** What the city did not take, oldest first; each until somebody has read it. */
  refused: readonly RefusedStep<Step>[];
  /** The phone has no room to keep all that waits: it goes from this page, and with it. */
  isUnkept?: true;
}

/** A press that could not be sent is tried again after so long, ms; at once when the phone says that it is online. */
const AGAIN_MS = 5000;

/**
 * Presses of a crew, in their order, kept over a dead link, a closed page and a dead battery. One is sent at a time; what the
 * city refuses for good stands beside it until it is read, what it could not take now is tried again.
 */
export class StepQueue<Step extends { key: string } = QueuedStep> {
  readonly #send: (step: Step) => Promise<unknown>;
  readonly #keep: Keep;
  readonly #name: string;
  readonly #refused: RefusedPresses<Step>;
  readonly #changes = new EventTarget();
  /** What waits in this page only. */
  #unkept: readonly Step[] = [];
  /** What a full phone keeps though it was sent: even less is not taken by every browser then. */
  readonly #over = new Set<string>();
  #state: QueueState<Step>;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `owner`: whose presses; another person on the same phone sends none of them. */
  constructor(owner: string, keep: Keep, send: (step: Step) => Promise<unknown>) {
    this.#name = `siaga.steps.${owner}`;
    this.#keep = keep;
    this.#send = send;
    this.#refused = new RefusedPresses(owner, keep);
    this.#state = { waiting: this.#waiting(), refused: this.#refused.all() };
    void this.flush();
  }

  /** Takes it in any case: where there is no room to keep it, it is sent from this page, and its state says so. */
  press(step: Step): void {
    this.#become([...this.#waiting(), step]);
    void this.flush();
  }

  /** Somebody has read why it was refused. */
  understood(key: string): void {
    this.#refused.understood(key);
    this.#reread();
  }

  /** Sends what waits, oldest first, for as long as it is taken. */
  async flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      this.#reread();
      for (let [step] = this.#state.waiting; step !== undefined; [step] = this.#state.waiting) {
        const outcome = await this.#try(step);
        if (outcome === 'later') {
          this.#timer = setTimeout(() => void this.flush(), AGAIN_MS);
          return;
        }
        // what is refused is kept first: a phone that dies between has it twice, not never
        if (outcome !== 'taken') this.#refused.add(step, outcome);
        this.#over.add(step.key);
        this.#become(this.#waiting());
      }
    } finally {
      this.#busy = false;
    }
  }

  /** Ends its timer; what waits stays kept. */
  close(): void {
    clearTimeout(this.#timer);
  }

  readonly get = (): QueueState<Step> => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#changes.addEventListener('change', listener);
    return () => {
      this.#changes.removeEventListener('change', listener);
    };
  };

  async #try(step: Step): Promise<'taken' | 'later' | Fault> {
    try {
      await this.#send(step);
      return 'taken';
    } catch (error) {
      // signed out is not refused: whoever signs in again has pressed it
      const isFinal = error instanceof Fault && !error.retriable && error.kind !== 'unauthenticated';
      return isFinal ? error : 'later';
    }
  }

  /** What waits by now: another tab has the same queue, and has kept what it kept. */
  #waiting(): readonly Step[] {
    return [...this.#kept(), ...this.#unkept].filter(({ key }) => !this.#over.has(key));
  }

  #kept(): readonly Step[] {
    return kept(this.#keep.getItem(this.#name)) as readonly Step[];
  }

  #reread(): void {
    this.#tell({ ...this.#state, waiting: this.#waiting(), refused: this.#refused.all() });
  }

  #become(waiting: readonly Step[]): void {
    this.#unkept = this.#save(waiting);
    this.#tell({
      waiting,
      refused: this.#refused.all(),
      ...(this.#unkept.length === 0 ? {} : { isUnkept: true }),
    });
  }

  #tell(state: QueueState<Step>): void {
    this.#state = state;
    this.#changes.dispatchEvent(new Event('change'));
  }

  /** Keeps all of it, or as much as there was room for before; answers what is not kept. */
  #save(waiting: readonly Step[]): readonly Step[] {
    const keys = new Set(this.#kept().map(({ key }) => key));
    const before = waiting.filter(({ key }) => keys.has(key));
    const saved = [waiting, before].find((some) => {
      try {
        this.#keep.setItem(this.#name, JSON.stringify(some));
        return true;
      } catch {
        return false;
      }
    });
    return saved === waiting ? [] : waiting.filter(({ key }) => !keys.has(key));
  }
}

function kept(text: string | null): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}
