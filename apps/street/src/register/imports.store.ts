import { Injectable } from '@nestjs/common';
import { Fault, type StreetImport } from '@siaga/contracts';
import type { ImportRecord, Step } from '@siaga/registers';
import { defineCollection, Store, trusted } from '@siaga/store';
import type { Row } from './kind.ts';

/** An import that can be taken back. */
export interface Import extends ImportRecord<Row> {
  /** Name of the kind. */
  readonly of: string;
  /** What the lines belong to and nobody had registered, made with them. */
  readonly made?: readonly Step<Row>[] | undefined;
}
interface ImportDocument extends Omit<Import, 'importId'> {
  /** How many lines were new and how many changed something; absent in the oldest documents. */
  created?: number | undefined;
  changed?: number | undefined;
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
    created: Number,
    changed: Number,
    undoneAtMs: Number,
  },
  indexes: [{ name: 'at', fields: { atMs: 1 } }],
});

@Injectable()
export class ImportsStore {
  constructor(private readonly store: Store) {}

  async keep({ importId, ...record }: Import): Promise<void> {
    const created = record.steps.filter(({ before }) => before === undefined).length;
    const changed = record.steps.length - created;
    await this.store.create(streetImports, { _id: importId, ...record, created, changed });
  }

  /** Those of these kinds, newest first. Without their lines, of which there are thousands. */
  async last(of: readonly string[], limit: number): Promise<StreetImport[]> {
    const found = await this.store
      .of(streetImports)
      .find({ of: trusted({ $in: of }) })
      .sort({ atMs: -1 })
      .limit(limit)
      .select({ of: 1, fileName: 1, atMs: 1, by: 1, created: 1, changed: 1, undoneAtMs: 1 })
      .lean();
    return found.map(({ _id, of: register, fileName, atMs, by, created = 0, changed = 0, undoneAtMs }) => ({
      ...{ importId: _id, register, fileName, atMs, by, created, changed },
      ...(undoneAtMs !== undefined && { undoneAtMs }),
    }));
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
