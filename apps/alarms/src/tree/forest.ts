import { thingKey, type ConditionChanged, type ThingKey } from '@siaga/contracts';
import { explains, strengthOf } from './explains.ts';

/** A condition that holds, as far as its causes depend on it. */
export type Holding = Pick<ConditionChanged, 'thing' | 'kind' | 'lifeRisk' | 'within' | 'sinceMs'> & {
  /** `lamp:PJU-0142/supplyLoss`: the contract's key. */
  readonly conditionKey: string;
  /** Simulated things explain simulated things only. */
  readonly exercise: boolean;
};

/** Where each condition hangs, by its key. */
export interface Forest {
  /** The condition right above; absent for a root. */
  readonly parentOf: ReadonlyMap<string, string>;
  /** The root above; of a root itself. */
  readonly rootOf: ReadonlyMap<string, string>;
}

/**
 * A cause found out late explains what was found out before it, by so much; what is older has another cause and keeps
 * the alarm somebody may long be working on. Ten minutes: two missed intervals of a meter that reports every five.
 */
export const EARLIER_MS = 600_000;

/**
 * Hangs each condition below the nearest one that explains it: on its own thing when that is the stronger cause, else on
 * the first of its ancestors that has one. Danger to life always stands by itself. Ancestors that name each other in a
 * ring explain one another; then the one with the first key stands, so that no trouble is ever without a root.
 */
export function forestOf(conditions: readonly Holding[]): Forest {
  const causes = causesByThing(conditions);
  const parentOf = new Map<string, string>();
  for (const condition of conditions) {
    const cause = causeOf(condition, causes);
    if (cause !== undefined) parentOf.set(condition.conditionKey, cause.conditionKey);
  }
  return { parentOf, rootOf: rootsOf(conditions, parentOf) };
}

type Causes = ReadonlyMap<ThingKey, readonly Holding[]>;

/** Conditions that may explain others, by their things, strongest first. */
function causesByThing(conditions: readonly Holding[]): Causes {
  const strong = conditions.filter(({ kind }) => strengthOf(kind) > 0);
  const byThing = Map.groupBy(strong, ({ thing }) => thingKey(thing));
  for (const causes of byThing.values()) causes.sort((one, other) => strengthOf(other.kind) - strengthOf(one.kind));
  return byThing;
}

function causeOf(condition: Holding, causes: Causes): Holding | undefined {
  if (condition.lifeRisk === true) return undefined;
  const own = thingKey(condition.thing);
  const strength = strengthOf(condition.kind);
  const onItself = causes.get(own)?.find((cause) => strengthOf(cause.kind) > strength && isExplained(condition, cause));
  if (onItself !== undefined) return onItself;
  for (const ancestor of condition.within) {
    const above = ancestor === own ? undefined : causes.get(ancestor)?.find((cause) => isExplained(condition, cause));
    if (above !== undefined) return above;
  }
  return undefined;
}

function isExplained(condition: Holding, cause: Holding): boolean {
  return (
    explains.get(cause.kind)?.has(condition.kind) === true &&
    cause.exercise === condition.exercise &&
    condition.sinceMs >= cause.sinceMs - EARLIER_MS
  );
}

/** Follows every condition up, each once; rings are cut on the way. */
function rootsOf(conditions: readonly Holding[], parentOf: Map<string, string>): Map<string, string> {
  const rootOf = new Map<string, string>();
  for (const { conditionKey } of conditions) {
    const path = new Set<string>();
    let at = conditionKey;
    while (!rootOf.has(at) && !path.has(at)) {
      path.add(at);
      const parent = parentOf.get(at);
      if (parent === undefined) break;
      at = parent;
    }
    if (!rootOf.has(at) && parentOf.has(at)) at = cut(at, parentOf);
    const root = rootOf.get(at) ?? at;
    for (const passed of path) rootOf.set(passed, root);
    rootOf.set(at, root);
  }
  return rootOf;
}

/** Takes the first key of a ring out of it and answers it. */
function cut(start: string, parentOf: Map<string, string>): string {
  let first = start;
  for (let at = parentOf.get(start); at !== undefined && at !== start; at = parentOf.get(at))
    if (at < first) first = at;
  parentOf.delete(first);
  return first;
}
