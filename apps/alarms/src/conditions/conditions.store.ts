import { Injectable } from '@nestjs/common';
import { ConditionChanged } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { defined, setOrUnset, Store, trusted, type Page } from '@siaga/store';
import type { Link } from '../desk/desk-plan.ts';
import { LONGEST_MS } from '../desk/settling.ts';
import { conditions, type ConditionDocument, type StoredCondition } from './condition-document.ts';

/** One bulk write of this many takes a fraction of a second: others get their turn in between. */
const AT_ONCE = 500;

/** What domains say, and where it hangs. */
@Injectable()
export class ConditionsStore {
  constructor(private readonly store: Store) {}

  /**
   * Keeps what is newer than what is kept, never older. Answers whether the desk should look at it: not when all of it
   * is older than what is kept.
   */
  async putIfNewer(news: readonly ConditionChanged[], nowMs: number): Promise<boolean> {
    const newest = new Map<string, ConditionChanged>();
    for (const condition of news) {
      const key = ConditionChanged.key(condition);
      if ((newest.get(key)?.changedAtMs ?? -1) <= condition.changedAtMs) newest.set(key, condition);
    }
    const known = await this.byKeys([...newest.keys()]);
    // as old as what is kept: handed over once more, perhaps because nobody could be told the first time
    const counting = [...newest].filter(([key, { changedAtMs }]) => (known.get(key)?.changedAtMs ?? -1) <= changedAtMs);
    const { exercise } = currentContext();
    const writes = counting
      .filter(([key, { changedAtMs }]) => known.get(key)?.changedAtMs !== changedAtMs)
      .map(([key, condition]) => writeOf(key, { ...condition, exercise }, known.get(key), nowMs));
    for (let from = 0; from < writes.length; from += AT_ONCE)
      await this.store.of(conditions).bulkWrite(writes.slice(from, from + AT_ONCE), { ordered: false });
    return counting.length > 0;
  }

  /** Things that were taken out of a register are in no trouble any more. */
  async gone(keys: readonly string[], nowMs: number): Promise<void> {
    await this.store
      .of(conditions)
      .updateMany(
        { _id: trusted({ $in: keys }), active: true },
        { $set: { active: false, heardAtMs: nowMs }, $unset: { parentKey: 1, rootKey: 1 }, $inc: { version: 1 } },
      );
  }

  holding(): Promise<StoredCondition[]> {
    return this.found({ active: true });
  }

  /** Heard of since then, whether they hold or ended. */
  heardSince(sinceMs: number): Promise<StoredCondition[]> {
    return this.found({ heardAtMs: trusted({ $gte: sinceMs }) });
  }

  async link(links: readonly Link[]): Promise<void> {
    for (let from = 0; from < links.length; from += AT_ONCE) {
      const writes = links.slice(from, from + AT_ONCE).map(({ conditionKey, ...where }) => ({
        updateOne: { filter: { _id: conditionKey }, update: setOrUnset(where) },
      }));
      await this.store.of(conditions).bulkWrite(writes, { ordered: false });
    }
  }

  /** The tree below a root, itself included, or the direct children of one of its conditions. */
  page(rootKey: string, query: { under?: string | undefined } & PageOfTree): Promise<Page<ConditionDocument>> {
    const { under, limit, after, q } = query;
    const where = { rootKey, ...(under === undefined ? {} : { parentKey: under }) } as never;
    return this.store.page(conditions, { where, limit, after, search: { text: q, fields: ['_id', 'name'] } });
  }

  async removeExercises(): Promise<number> {
    return (await this.store.of(conditions).deleteMany({ exercise: true })).deletedCount;
  }

  private async byKeys(keys: readonly string[]): Promise<Map<string, StoredCondition>> {
    const found = await this.found({ _id: trusted({ $in: keys }) });
    return new Map(found.map((condition) => [condition._id, condition]));
  }

  private async found(where: object): Promise<StoredCondition[]> {
    return this.store
      .of(conditions)
      .find(where as never)
      .lean<StoredCondition[]>();
  }
}

interface PageOfTree {
  limit: number;
  after?: string | undefined;
  q?: string | undefined;
}

type Heard = ConditionChanged & { exercise: boolean };

/** What comes back so soon has not been away: else something that comes and goes all the time would never be raised. */
const beganAtMs = (known: StoredCondition | undefined, { active }: Heard, nowMs: number): number =>
  known !== undefined && (!active || nowMs - known.heardAtMs < LONGEST_MS) ? known.beganAtMs : nowMs;

/** A handler that lost its partition while it slept finds the guard closed. */
function writeOf(key: string, condition: Heard, known: StoredCondition | undefined, nowMs: number) {
  const isNews = known?.active !== condition.active;
  const { lifeRisk, place, detail } = condition;
  const times = isNews ? { heardAtMs: nowMs, beganAtMs: beganAtMs(known, condition, nowMs) } : {};
  const heard = { ...condition, lifeRisk, place, detail, ...times };
  // what has ended hangs nowhere any more
  const said = condition.active ? heard : { ...heard, parentKey: undefined, rootKey: undefined };
  if (known === undefined)
    return { updateOne: { filter: { _id: key }, update: { $setOnInsert: defined(said) }, upsert: true } };
  return {
    updateOne: {
      filter: { _id: key, changedAtMs: trusted({ $lt: condition.changedAtMs }) },
      update: setOrUnset(said),
    },
  };
}
