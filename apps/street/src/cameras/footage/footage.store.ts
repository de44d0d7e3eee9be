import { Injectable } from '@nestjs/common';
import { Fault, type Agency, type InputOf, type ListFootage } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Store, trusted, type Page } from '@siaga/store';
import { footage, type Footage, type StoredFootage } from './footage-document.ts';

/** Requests for recordings of the context's city: each step is one atomic change of one document. */
@Injectable()
export class FootageStore {
  constructor(private readonly store: Store) {}

  /** A repeat of the same press answers what the first one made. */
  make(document: Footage & { _id: string }): Promise<StoredFootage> {
    const { press } = currentContext();
    const once = press === undefined ? {} : { once: press };
    const whole = { ...document, wakeAtMs: document.keptUntilMs };
    return asExercise(document.exercise, () => this.store.create(footage, whole, once));
  }

  find(footageId: string): Promise<StoredFootage | undefined> {
    return this.store.find(footage, footageId);
  }

  /** Last asked first. */
  page(owners: readonly Agency[] | undefined, query: InputOf<typeof ListFootage>['query']): Promise<Page<Footage>> {
    const { limit, after, q, status, cameraId } = query;
    const where = {
      ...(owners === undefined ? {} : { owner: trusted({ $in: owners }) }),
      ...(status === undefined ? {} : { status }),
      ...(cameraId === undefined ? {} : { cameraIds: cameraId }),
    } as never;
    const search = { text: q, fields: ['_id', 'letterNumber', 'institution'] };
    return this.store.page(footage, { where, sort: 'askedAtMs', descending: true, limit, after, search });
  }

  /** Takes a step from what was read; `conflict` when somebody was faster. */
  async step({ _id, version, exercise }: StoredFootage, change: Partial<Footage>): Promise<StoredFootage> {
    const where = { _id, version } as never;
    const after = await asExercise(exercise, () => this.store.change(footage, { where, change: { $set: change } }));
    if (after === undefined)
      throw new Fault('conflict', `${_id} baru saja diubah orang lain, lihat lagi · changed meanwhile, look again`);
    return after;
  }

  async removeExercises(): Promise<number> {
    const found = await this.store.of(footage).find({ exercise: true }).lean<StoredFootage[]>();
    return this.store.removeAll(
      footage,
      found.map(({ _id }) => ({ _id })),
    );
  }
}
