import { Injectable } from '@nestjs/common';
import { asExercise } from '@siaga/service';
import { Store, type Collection } from '@siaga/store';
import { OverridesStore } from './overrides.store.ts';
import { assignments, programmes } from './programme-documents.ts';

/** Leaves nothing of an exercise in overrides and programmes. */
@Injectable()
export class ControlClearing {
  constructor(
    private readonly overrides: OverridesStore,
    private readonly store: Store,
  ) {}

  /** How many there were. */
  async clear(): Promise<number> {
    const gone = await this.overrides.removeExercises();
    return gone + (await this.#removeAll(assignments)) + (await this.#removeAll(programmes));
  }

  async #removeAll<Document extends { exercise: boolean }>(of: Collection<Document>): Promise<number> {
    const found = await this.store
      .of(of)
      .find({ exercise: true } as never)
      .lean<{ _id: string }[]>();
    for (const { _id } of found) await asExercise(true, () => this.store.remove(of, { _id }));
    return found.length;
  }
}
