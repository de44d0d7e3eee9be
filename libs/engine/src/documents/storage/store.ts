import type { RootDatabase } from 'lmdb';
import { Catalog } from './catalog.ts';
import { Records } from './records.ts';
import { openTables, type Tables } from './tables.ts';
import type { Touched } from './walk.ts';

/** The documents of every database, and the one way to change them. */
export class Store {
  readonly tables: Tables;
  readonly catalog: Catalog;
  readonly records: Records;
  readonly touched: Touched = { scanned: 0, scannedObjects: 0 };

  constructor(root: RootDatabase) {
    this.tables = openTables(root);
    this.catalog = new Catalog(this.tables);
    this.records = new Records(this.tables, this.catalog);
  }

  /**
   * Runs `change` as one transaction: all of it or, when it throws, nothing. Resolves once it is on the disk. Changes
   * that wait while the disk is busy share one flush, which is what makes thousands of durable writes a second.
   */
  async write<Result>(change: () => Result): Promise<Result> {
    const outcome = { ran: false };
    try {
      return await this.tables.root.childTransaction(() => {
        const result = this.catalog.undoable(change);
        outcome.ran = true;
        return result;
      });
    } catch (error) {
      // It ran, and the disk refused it: what the catalog says in memory may never have been stored.
      if (outcome.ran) this.catalog.reload();
      throw error;
    }
  }
}
