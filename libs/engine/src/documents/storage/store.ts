import { Fault } from '@siaga/contracts';
import type { RootDatabase } from 'lmdb';
import type { DiskGate } from '../../disk.ts';
import { diskErrorOf } from '../../lmdb-errors.ts';
import { Refusal } from '../errors.ts';
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
  readonly #disk: DiskGate;

  constructor(root: RootDatabase, disk: DiskGate) {
    this.#disk = disk;
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
    const settled = this.#disk.committing();
    try {
      const result = await this.tables.root.childTransaction(() => {
        const changed = this.catalog.undoable(change);
        outcome.ran = true;
        return changed;
      });
      this.#disk.committed();
      return result;
    } catch (error) {
      // It ran, and the disk refused it: what the catalog says in memory may never have been stored.
      if (outcome.ran) this.catalog.reload();
      if (error instanceof Refusal) throw error;
      const reason = await diskErrorOf(error);
      throw reason === undefined ? error : asRefusal(this.#disk.failed(reason));
    } finally {
      settled();
    }
  }

  /** {@link write}, for what makes the database grow: refused while the disk is full. */
  async grow<Result>(change: () => Result): Promise<Result> {
    try {
      this.#disk.refuseWhenFull();
    } catch (error) {
      throw error instanceof Fault ? asRefusal(error) : error;
    }
    return this.write(change);
  }
}

/** In the words of the protocol: drivers know it as what passes by itself. */
const asRefusal = ({ message }: Fault): Refusal => new Refusal('OutOfDiskSpace', message);
