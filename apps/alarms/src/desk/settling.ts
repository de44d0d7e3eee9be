import { thingKey } from '@siaga/contracts';
import type { StoredCondition } from '../conditions/condition-document.ts';
import { explains } from '../tree/explains.ts';

/** A condition waits so long for its cause, and for the next of its kind around it. */
export const SETTLE_MS = 2000;

/** News around it hold a condition back no longer than this: one mad device must not keep a neighbour's alarm for ever. */
export const LONGEST_MS = 6000;

/** What was heard longer ago says nothing any more about when others may be raised. */
export const RECENT_MS = 2 * LONGEST_MS;

type Heard = Pick<
  StoredCondition,
  '_id' | 'active' | 'thing' | 'kind' | 'within' | 'lifeRisk' | 'heardAtMs' | 'beganAtMs'
>;

/**
 * When a root may raise an alarm. A cascade arrives in any order and takes seconds: while news come of things on the same
 * feeder or link, a condition that has one above it waits. A condition whose cause has just ended waits as well: most end
 * with it. Danger to life waits for nothing. What comes and goes is raised, too, and its alarm stays as long as it does so:
 * an end counts when it has lasted.
 */
export class Settling {
  /** When there was the last news of things that hang on the same. */
  readonly #newsMs = new Map<string, number>();
  readonly #endedOf: ReadonlyMap<string, readonly Heard[]>;
  readonly #endedAtMs: ReadonlyMap<string, number>;

  /** `recent`: every condition heard of in the last {@link RECENT_MS}, whether it holds or ended. */
  constructor(recent: readonly Heard[]) {
    for (const heard of recent) {
      const newsMs = this.#newsMs.get(topOf(heard)) ?? 0;
      this.#newsMs.set(topOf(heard), Math.max(newsMs, heard.heardAtMs));
    }
    const ended = recent.filter(({ active }) => !active);
    this.#endedAtMs = new Map(ended.map(({ _id, heardAtMs }) => [_id, heardAtMs]));
    const causes = ended.filter(({ kind }) => explains.has(kind));
    this.#endedOf = Map.groupBy(causes, ({ thing }) => thingKey(thing));
  }

  /** Epoch ms of the desk's clock. */
  readyAtMs(root: Heard): number {
    if (root.lifeRisk === true) return root.beganAtMs;
    const beginMs = Math.max(root.beganAtMs, this.#causeEndedAtMs(root));
    const newsMs = this.#newsMs.get(topOf(root)) ?? 0;
    return Math.min(beginMs + LONGEST_MS, Math.max(beginMs, newsMs) + SETTLE_MS);
  }

  /** When the end of a condition that does not hold has lasted long enough; long ago when nobody knows of it. */
  overAtMs(conditionKey: string): number {
    return (this.#endedAtMs.get(conditionKey) ?? -Infinity) + SETTLE_MS;
  }

  #causeEndedAtMs(of: Heard): number {
    const above = [thingKey(of.thing), ...of.within];
    const ended = above.flatMap((thing) => this.#endedOf.get(thing) ?? []);
    const causes = ended.filter(({ kind }) => explains.get(kind)?.has(of.kind) === true);
    return Math.max(0, ...causes.map(({ heardAtMs }) => heardAtMs));
  }
}

/** What a thing hangs on in the end, itself when on nothing. */
const topOf = ({ within, thing }: Heard): string => within.at(-1) ?? thingKey(thing);
