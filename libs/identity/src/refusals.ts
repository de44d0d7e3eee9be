import type { Fault } from '@siaga/contracts';
import { currentContext, withContext, type Action, type Context } from '@siaga/service';

/** Name of the entry that stands for refused calls which have none of their own: `count:37`, and of which routes. */
export const CALLS_REFUSED = 'calls.refused';

/** So many refused calls of one principal are entries of their own in each minute; a person who errs makes fewer. */
const MOST_EACH = 10;
const MINUTE_MS = 60_000;

/** So many routes are named of those that were only counted. */
const MOST_ROUTES = 20;

interface Minute {
  readonly context: Context;
  readonly timer: NodeJS.Timeout;
  count: number;
  /** Of those that were only counted. */
  readonly routes: Set<string>;
  lastFault: Fault;
}

/**
 * Keeps a flood of refused calls from filling the trail: in each minute the first ones of a principal are written one by
 * one, the rest as one entry when the minute is over, or when the process ends. A process that is killed loses that count.
 */
export class Refusals {
  readonly #write: (action: Action, fault: Fault) => Promise<void>;
  readonly #minutes = new Map<string, Minute>();

  constructor(write: (action: Action, fault: Fault) => Promise<void>) {
    this.#write = write;
  }

  /** A refused call of the context's principal. */
  async note(action: Action, fault: Fault): Promise<void> {
    const minute = this.#minuteOf(currentContext(), fault);
    minute.count += 1;
    minute.lastFault = fault;
    if (minute.count <= MOST_EACH) await this.#write(action, fault);
    else if (minute.routes.size < MOST_ROUTES) minute.routes.add(action.name);
  }

  /** Ends all minutes now. */
  async close(): Promise<void> {
    await Promise.all([...this.#minutes.keys()].map((principal) => this.#end(principal)));
  }

  #minuteOf(context: Context, fault: Fault): Minute {
    const principal = `${context.city}/${context.principal.id}`;
    const running = this.#minutes.get(principal);
    if (running !== undefined) return running;
    const timer = setTimeout(() => void this.#end(principal), MINUTE_MS).unref();
    const minute: Minute = { context, timer, count: 0, routes: new Set(), lastFault: fault };
    this.#minutes.set(principal, minute);
    return minute;
  }

  async #end(principal: string): Promise<void> {
    const minute = this.#minutes.get(principal);
    this.#minutes.delete(principal);
    if (minute === undefined) return;
    clearTimeout(minute.timer);
    const rest = minute.count - MOST_EACH;
    if (rest <= 0) return;
    const subjects = [`count:${String(rest)}`, ...[...minute.routes].map((name) => `route:${name}`)];
    await withContext(minute.context, () => this.#write({ name: CALLS_REFUSED, subjects }, minute.lastFault));
  }
}
