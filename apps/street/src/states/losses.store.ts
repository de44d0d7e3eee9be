import { Injectable } from '@nestjs/common';
import type { ConditionChanged, ThingKey } from '@siaga/contracts';
import { defineCollection, Store, trusted, type Stored } from '@siaga/store';
import type { ToldLoss } from './loss-rules.ts';

interface LossDocument {
  kind: string;
  panelId?: string | undefined;
  /** It holds, or is not told yet. */
  open: boolean;
  pending: boolean;
  exercise: boolean;
  changedAtMs: number;
  condition: ConditionChanged;
}

/** Who was told to have lost its current with others, `_id` is the thing: `feeder:PLG`, `lamp:PJU-1`, `camera:C-1`. */
export const toldLosses = defineCollection<LossDocument>({
  name: 'street_told_losses',
  fields: {
    kind: { type: String, required: true },
    panelId: String,
    open: { type: Boolean, required: true },
    pending: { type: Boolean, required: true },
    exercise: { type: Boolean, required: true },
    changedAtMs: { type: Number, required: true },
    condition: { type: Object, required: true },
  },
  indexes: [
    { name: 'panel', fields: { panelId: 1 } },
    { name: 'open', fields: { open: 1 }, where: { open: true } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
});

/** Who of the context's city was told to be without current, and because of which panel. */
@Injectable()
export class LossesStore {
  constructor(private readonly store: Store) {}

  /** Of these things. */
  async told(keys: readonly ThingKey[]): Promise<Map<ThingKey, ToldLoss>> {
    return this.#found({ _id: trusted({ $in: [...keys] }) });
  }

  /** Things told to be dark with one of these panels. */
  async openBelow(panelIds: readonly string[]): Promise<ThingKey[]> {
    return [...(await this.#found({ open: true, panelId: trusted({ $in: [...panelIds] }) })).keys()];
  }

  async openFeeders(): Promise<ThingKey[]> {
    return [...(await this.#found({ open: true, kind: 'feeder' })).keys()];
  }

  async open(): Promise<ThingKey[]> {
    return [...(await this.#found({ open: true })).keys()];
  }

  async simulated(): Promise<ThingKey[]> {
    return [...(await this.#found({ exercise: true })).keys()];
  }

  /** Keeps what is about to be told; answers those that nobody else changed since they were read. */
  async keep(losses: readonly ToldLoss[], read: ReadonlyMap<ThingKey, ToldLoss>): Promise<ToldLoss[]> {
    if (losses.length === 0) return [];
    const writes = losses.map((loss) => {
      const before = read.get(loss.key);
      const kept = documentOf(loss);
      return before === undefined
        ? { updateOne: { filter: { _id: loss.key }, update: { $setOnInsert: kept }, upsert: true } }
        : {
            updateOne: {
              filter: { _id: loss.key, changedAtMs: before.condition.changedAtMs },
              update: { $set: kept, ...(kept.panelId === undefined && { $unset: { panelId: 1 } }) },
            },
          };
    });
    await this.store.of(toldLosses).bulkWrite(writes, { ordered: true });
    const now = await this.told(losses.map(({ key }) => key));
    return losses.filter((loss) => isSame(now.get(loss.key), loss));
  }

  /** They are told. */
  async settle(losses: readonly ToldLoss[]): Promise<void> {
    const writes = losses.map(({ key: _id, condition: { active: open, changedAtMs } }) => ({
      updateOne: { filter: { _id, changedAtMs }, update: { $set: { open, pending: false } } },
    }));
    if (writes.length > 0) await this.store.of(toldLosses).bulkWrite(writes, { ordered: true });
  }

  async forget(keys: readonly ThingKey[]): Promise<void> {
    await this.store.of(toldLosses).deleteMany({ _id: trusted({ $in: [...keys] }) } as never);
  }

  async #found(where: object): Promise<Map<ThingKey, ToldLoss>> {
    const found = await this.store
      .of(toldLosses)
      .find(where as never)
      .lean<Stored<LossDocument>[]>();
    return new Map(
      found.map(({ _id, condition, panelId, exercise, pending }) => {
        const key = _id;
        return [key, { key, condition, panelId, exercise, pending }];
      }),
    );
  }
}

function documentOf({ key, condition, panelId, exercise, pending }: ToldLoss): LossDocument {
  const [kind = ''] = key.split(':');
  const { changedAtMs } = condition;
  // without what is undefined, which a database would keep as null
  const plain = JSON.parse(JSON.stringify(condition)) as ConditionChanged;
  return { kind, ...(panelId && { panelId }), open: true, pending, exercise, changedAtMs, condition: plain };
}

const isSame = (one: ToldLoss | undefined, other: ToldLoss) =>
  one?.condition.changedAtMs === other.condition.changedAtMs &&
  one.condition.active === other.condition.active &&
  one.panelId === other.panelId;
