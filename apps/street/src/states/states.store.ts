import { Injectable } from '@nestjs/common';
import { currentContext } from '@siaga/service';
import { defineCollection, Store, trusted, type Collection, type Stored } from '@siaga/store';
import type { LampState } from './lamp-rules.ts';
import type { PanelState } from './panel-rules.ts';

interface StateDocument<State> {
  /** As the rules have it. */
  state: State;
  panelId?: string | undefined;
  controllerId: string;
  changedAtMs: number;
  dueAtMs: number;
  exercise: boolean;
}

const stateFields = {
  state: { type: Object, required: true },
  panelId: String,
  controllerId: { type: String, required: true },
  changedAtMs: { type: Number, required: true },
  dueAtMs: { type: Number, required: true },
  exercise: { type: Boolean, required: true },
} as const;

const stateIndexes = [
  { name: 'due', fields: { dueAtMs: 1 } },
  { name: 'controller', fields: { controllerId: 1 } },
  { name: 'exercise', fields: { exercise: 1 } },
] as const;

/** What lamps with a controller are doing; `_id` is the lampId. */
export const lampStates = defineCollection<StateDocument<LampState>>({
  ...{ name: 'street_lamp_states', fields: stateFields, indexes: stateIndexes },
});

/** What panels with a controller are doing; `_id` is the panelId. */
export const panelStates = defineCollection<StateDocument<PanelState>>({
  ...{ name: 'street_panel_states', fields: stateFields, indexes: stateIndexes },
});

type State = Pick<LampState, 'changedAtMs' | 'dueAtMs' | 'controllerId'> & { panelId?: string | undefined };

/** A kept state, and whether it is simulated. */
export interface Kept<One> {
  id: string;
  state: One;
  exercise: boolean;
}

/** Writes at a time: others get their turn in between. */
const AT_ONCE = 500;

/** What lamps and panels of the context's city are doing, as the rules have it. */
@Injectable()
export class StatesStore {
  constructor(private readonly store: Store) {}

  /** Those of these ids that are kept. */
  async known<One>(of: Collection<StateDocument<One>>, ids: readonly string[]): Promise<Map<string, One>> {
    return new Map([...(await this.kept(of, ids))].map(([id, { state }]) => [id, state]));
  }

  /** The same, and whether each is simulated. */
  async kept<One>(of: Collection<StateDocument<One>>, ids: readonly string[]): Promise<Map<string, Kept<One>>> {
    const found = await this.#found(of, { _id: trusted({ $in: [...ids] }) });
    return new Map(found.map((one) => [one.id, one]));
  }

  async all<One>(of: Collection<StateDocument<One>>): Promise<Kept<One>[]> {
    return this.#found(of, {});
  }

  /** Those nobody heard of until they were due, longest first. */
  async due<One>(of: Collection<StateDocument<One>>, nowMs: number, most: number): Promise<Kept<One>[]> {
    const found = await this.store
      .of(of)
      .find({ dueAtMs: trusted({ $lte: nowMs }) } as never)
      .sort({ dueAtMs: 1 })
      .limit(most)
      .lean<Stored<StateDocument<One>>[]>();
    return found.map(keptOf);
  }

  /** Keeps states by their id, never an older one over a newer: somebody else may have looked meanwhile. */
  async put<One extends State>(of: Collection<StateDocument<One>>, states: ReadonlyMap<string, One>): Promise<void> {
    const { exercise } = currentContext();
    const writes = [...states].map(([_id, state]) => {
      const { panelId, controllerId, changedAtMs, dueAtMs } = state;
      const kept = { state: plain(state), controllerId, changedAtMs, dueAtMs, exercise, ...(panelId && { panelId }) };
      return {
        updateOne: { filter: { _id, changedAtMs: trusted({ $lt: changedAtMs }) }, update: { $set: kept } },
        insert: { updateOne: { filter: { _id }, update: { $setOnInsert: kept }, upsert: true } },
      };
    });
    for (let from = 0; from < writes.length; from += AT_ONCE) {
      const some = writes.slice(from, from + AT_ONCE);
      const operations = some.flatMap(({ insert, updateOne }) => [insert, { updateOne }]);
      await this.store.of(of).bulkWrite(operations as never, { ordered: true });
    }
  }

  /** Whose kept state is the one just put. */
  async stillSo<One extends State>(of: Collection<StateDocument<One>>, states: ReadonlyMap<string, One>) {
    const kept = await this.known(of, [...states.keys()]);
    return new Map([...states].filter(([id, { changedAtMs }]) => kept.get(id)?.changedAtMs === changedAtMs));
  }

  /** Those that nobody changed since they were read. */
  async stillAs<One extends State>(
    of: Collection<StateDocument<One>>,
    read: readonly Kept<One>[],
  ): Promise<Set<string>> {
    const now = await this.known(
      of,
      read.map(({ id }) => id),
    );
    const same = read.filter(({ id, state }) => now.get(id)?.changedAtMs === state.changedAtMs);
    return new Set(same.map(({ id }) => id));
  }

  spokenBy<One>(of: Collection<StateDocument<One>>, controllerId: string): Promise<Kept<One>[]> {
    return this.#found(of, { controllerId });
  }

  simulated<One>(of: Collection<StateDocument<One>>): Promise<Kept<One>[]> {
    return this.#found(of, { exercise: true });
  }

  async remove<One>(of: Collection<StateDocument<One>>, ids: readonly string[]): Promise<void> {
    await this.store.of(of).deleteMany({ _id: trusted({ $in: [...ids] }) } as never);
  }

  async #found<One>(of: Collection<StateDocument<One>>, where: object): Promise<Kept<One>[]> {
    const found = await this.store
      .of(of)
      .find(where as never)
      .lean<Stored<StateDocument<One>>[]>();
    return found.map(keptOf);
  }
}

const keptOf = <One>({ _id, state, exercise }: Stored<StateDocument<One>>): Kept<One> => ({ id: _id, state, exercise });

/** Without what is undefined, which a database would keep as null. */
const plain = <One>(state: One): One => JSON.parse(JSON.stringify(state)) as One;
