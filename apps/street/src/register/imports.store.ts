import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import type { ImportRecord, Step } from '@siaga/registers';
import { defineCollection, Store } from '@siaga/store';
import type { Row } from './kind.ts';

/** An import that can be taken back. */
export interface Import extends ImportRecord<Row> {
  /** Name of the kind. */
  readonly of: string;
  /** What the lines belong to and nobody had registered, made with them. */
  readonly made?: readonly Step<Row>[] | undefined;
}
interface ImportDocument extends Omit<Import, 'importId'> {
  undoneAtMs?: number | undefined;
}

/** Imports of every register; `_id` is the importId. */
export const streetImports = defineCollection<ImportDocument>({
  name: 'street_imports',
  fields: {
    of: { type: String, required: true },
    atMs: { type: Number, required: true },
    by: { type: String, required: true },
    fileName: { type: String, required: true },
    steps: { type: [Object], required: true },
    made: { type: [Object], default: undefined },
    undoneAtMs: Number,
  },
});

@Injectable()
export class ImportsStore {
  constructor(private readonly store: Store) {}

  async keep({ importId, ...record }: Import): Promise<void> {
    await this.store.create(streetImports, { _id: importId, ...record });
  }

  /** `not-found`, or `conflict` when it has been taken back already. */
  async get(importId: string): Promise<Import> {
    const { _id, undoneAtMs, ...record } = await this.store.get(streetImports, importId);
    if (undoneAtMs !== undefined) throw new Fault('conflict', `impor ${_id} sudah dibatalkan`);
    return { importId: _id, ...record };
  }

  async markUndone(importId: string): Promise<void> {
    await this.store.change(streetImports, { where: { _id: importId }, change: { $set: { undoneAtMs: Date.now() } } });
  }
}
