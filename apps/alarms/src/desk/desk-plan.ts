import type { StoredAlarm } from '../alarms/alarm-document.ts';
import type { RootSaid } from '../alarms/alarm-steps.ts';
import { rankOf } from '../alarms/severities.ts';
import type { StoredCondition } from '../conditions/condition-document.ts';
import { forestOf } from '../tree/forest.ts';
import { rootSaid } from './root-said.ts';
import { Settling } from './settling.ts';

/** What the desk does after a look at all that holds. */
export interface DeskPlan {
  /** Roots without an alarm, ready for one: worst first. */
  readonly raise: readonly RootSaid[];
  /** Alarms whose condition stands, and what is to be said of it now. */
  readonly renew: readonly { alarm: StoredAlarm; said: RootSaid }[];
  /** Alarms whose condition holds no longer. */
  readonly end: readonly StoredAlarm[];
  /** Alarms whose condition hangs below another root, which has an alarm or is being raised. */
  readonly absorb: readonly { alarm: StoredAlarm; rootKey: string }[];
  /** Conditions that hang elsewhere than they did. */
  readonly links: readonly Link[];
  /** When a root or an end that must wait will be ready, epoch ms. */
  readonly lookAgainAtMs: number | undefined;
}

export interface Link {
  readonly conditionKey: string;
  readonly parentKey: string | undefined;
  readonly rootKey: string;
}

/** Everything the desk goes by. `recent` may hold conditions of `holding`, too. */
export interface DeskView {
  readonly holding: readonly StoredCondition[];
  readonly recent: readonly StoredCondition[];
  readonly alarms: readonly StoredAlarm[];
}

/** What there is to do. Pure: of the same view and time it is the same, so it may be cut off and made again. */
export function deskPlan({ holding, recent, alarms }: DeskView, nowMs: number): DeskPlan {
  const { parentOf, rootOf } = forestOf(holding.map((condition) => ({ ...condition, conditionKey: condition._id })));
  const trees = Map.groupBy(holding, ({ _id }) => rootOf.get(_id) ?? _id);
  const alarmOf = new Map(alarms.map((alarm) => [alarm.conditionKey, alarm]));
  const settling = new Settling(recent);
  const roots = holding.filter(({ _id }) => !parentOf.has(_id));
  const readyAtMs = new Map(
    roots.filter(({ _id }) => !alarmOf.has(_id)).map((root) => [root._id, settling.readyAtMs(root)]),
  );
  const isReady = (rootKey: string) => (readyAtMs.get(rootKey) ?? Infinity) <= nowMs;
  const saidOf = (root: StoredCondition) => rootSaid(root, trees.get(root._id) ?? [root]);
  const ended = alarms.filter(({ conditionKey }) => !rootOf.has(conditionKey));
  const isOver = ({ conditionKey }: StoredAlarm) => settling.overAtMs(conditionKey) <= nowMs;
  const overAtMs = ended.map(({ conditionKey }) => settling.overAtMs(conditionKey));
  const later = [...readyAtMs.values(), ...overAtMs].filter((atMs) => atMs > nowMs);
  const below = alarms.filter(({ conditionKey }) => parentOf.has(conditionKey));
  return {
    raise: roots
      .filter(({ _id }) => isReady(_id))
      .map(saidOf)
      .sort(worstFirst),
    renew: roots.flatMap((root) => {
      const alarm = alarmOf.get(root._id);
      return alarm === undefined ? [] : [{ alarm, said: saidOf(root) }];
    }),
    end: ended.filter(isOver),
    absorb: below.flatMap((alarm) => {
      const rootKey = rootOf.get(alarm.conditionKey) ?? '';
      return alarmOf.has(rootKey) || isReady(rootKey) ? [{ alarm, rootKey }] : [];
    }),
    links: holding.flatMap((condition) => moved(condition, parentOf.get(condition._id), rootOf.get(condition._id))),
    lookAgainAtMs: later.length === 0 ? undefined : Math.min(...later),
  };
}

const worstFirst = (one: RootSaid, other: RootSaid) => rankOf(one.severity) - rankOf(other.severity);

function moved(condition: StoredCondition, parentKey: string | undefined, rootKey = condition._id): Link[] {
  if (condition.parentKey === parentKey && condition.rootKey === rootKey) return [];
  return [{ conditionKey: condition._id, parentKey, rootKey }];
}
