import { Fault } from '@siaga/contracts';
import type { RootDatabase } from 'lmdb';
import type { DiskGate } from '../disk.ts';
import { diskErrorOf } from '../lmdb-errors.ts';

interface Work {
  write: () => void;
  resolve: () => void;
  reject: (fault: Fault) => void;
}

/**
 * Writes that arrive while a transaction is on its way to the disk share the next one: one flush for all of them. Each
 * is durable when its promise resolves.
 */
export class GroupCommit {
  readonly #env: RootDatabase;
  readonly #disk: DiskGate;
  readonly #settled: (durable: boolean) => void;
  #waiting: Work[] = [];
  #running: Promise<void> | undefined;

  /** `settled` hears of each transaction, durable or given up whole, before its writers do and before the next begins. */
  constructor(env: RootDatabase, disk: DiskGate, settled: (durable: boolean) => void) {
    this.#env = env;
    this.#disk = disk;
    this.#settled = settled;
  }

  /** `write` runs inside a transaction, in the order of the calls, and sees what the ones before it wrote. */
  add(write: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // all writers of this turn get into the first transaction
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#commit(batch);
    }
    this.#running = undefined;
  }

  async #commit(batch: readonly Work[]): Promise<void> {
    const settled = this.#disk.committing();
    try {
      // a child transaction, because only that is undone when something throws in it
      await this.#env.childTransaction(() => {
        for (const { write } of batch) write();
      });
    } catch (error) {
      const reason = await diskErrorOf(error);
      const fault =
        reason === undefined
          ? new Fault('unavailable', 'the log could not be written', { cause: error })
          : this.#disk.failed(reason);
      this.#settled(false);
      for (const { reject } of batch) reject(fault);
      return;
    } finally {
      settled();
    }
    this.#disk.committed();
    this.#settled(true);
    for (const { resolve } of batch) resolve();
  }
}
