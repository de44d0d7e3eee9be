import { stat, statfs } from 'node:fs/promises';
import { Fault } from '@siaga/contracts';

/** Left free for removals, positions and backups to go on when nothing new may be taken any more. */
export const DEFAULT_RESERVE_BYTES = 256 * 1024 * 1024;

const LOOK_EVERY_MS = 1000;

/** With two looks of the supervisor, 5 s apart, an engine whose writes hang is started anew within 20 s. */
const STALLED_AFTER_MS = 8000;

export interface DiskOptions {
  /** The database; what is left is asked of the disk it lies on. */
  file: string;
  reserveBytes: number;
}

/** What those who write need of it. */
export type DiskGate = Pick<Disk, 'refuseWhenFull' | 'committing' | 'committed' | 'failed'>;

/**
 * The disk under the data folder. Below the reserve nothing new is taken, so that the database never meets the end of
 * the disk in the middle of a commit; above it everything goes on by itself.
 */
export class Disk {
  readonly #options: DiskOptions;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;
  #freeBytes = 0;
  #usedBytes = 0;
  /** What the last write met, when it was not taken. */
  #failure: string | undefined;
  /** When each commit that has not settled began, the oldest first. */
  readonly #underWay = new Set<{ sinceMs: number }>();

  private constructor(options: DiskOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
  }

  /** Begins to look, every second. */
  static async watch(options: DiskOptions): Promise<Disk> {
    const disk = new Disk(options);
    await disk.#measure();
    return disk;
  }

  /**
   * Throws `Fault('unavailable')` below the reserve: for what makes the database grow. What replaces an older value may
   * use half of the reserve: how the city is, a full disk above all, must still reach its screens.
   */
  refuseWhenFull(what: 'grows' | 'replaces' = 'grows'): void {
    const left = what === 'grows' ? this.#options.reserveBytes : this.#options.reserveBytes / 2;
    if (this.#freeBytes < left) throw new Fault('unavailable', this.#sentence());
  }

  /** A commit begins; what is answered is called when it has settled, either way. */
  committing(): () => void {
    const commit = { sinceMs: performance.now() };
    this.#underWay.add(commit);
    return () => this.#underWay.delete(commit);
  }

  /**
   * Throws `Fault('unavailable')` when a commit has not settled for 8 s although there is room: a disk that hangs, or a
   * database that gave itself up (LMDB's `MDB_PANIC`). Nothing but a restart helps then, and the event loop still answers.
   */
  refuseWhenStalled(): void {
    const [oldest] = this.#underWay;
    if (oldest === undefined || this.#belowReserve) return;
    const waitedMs = performance.now() - oldest.sinceMs;
    if (waitedMs > STALLED_AFTER_MS)
      throw new Fault(
        'unavailable',
        `penulisan macet · a write has not reached the disk for ${String(Math.round(waitedMs / 1000))} s`,
      );
  }

  /** A commit is on the disk. */
  committed(): void {
    this.#failure = undefined;
  }

  /** A commit the disk refused, as a Fault for those who wait for it. Nothing of it is stored. */
  failed(cause: unknown): Fault {
    this.#failure = cause instanceof Error ? cause.message : String(cause);
    return new Fault(
      'unavailable',
      `disk menolak tulisan (${this.#failure}) · the disk did not take a write: is it full or failing?`,
      { cause },
    );
  }

  /** `full` also when the last write failed although there seemed to be room: a quota, a failing disk. */
  report(): { usedBytes: number; freeBytes: number; full: boolean } {
    return {
      usedBytes: this.#usedBytes,
      freeBytes: this.#freeBytes,
      full: this.#belowReserve || this.#failure !== undefined,
    };
  }

  close(): Promise<void> {
    clearInterval(this.#timer);
    return this.#looking ?? Promise.resolve();
  }

  get #belowReserve(): boolean {
    return this.#freeBytes < this.#options.reserveBytes;
  }

  #sentence(): string {
    const [free, reserve] = [megabytes(this.#freeBytes), megabytes(this.#options.reserveBytes)];
    return `disk penuh, sisa ${free} MB dari cadangan ${reserve} MB · the disk is full, ${free} MB are left of a reserve of ${reserve} MB: make room, then everything goes on by itself`;
  }

  /** One look at a time: a network disk may take long to answer. */
  #look(): Promise<void> {
    this.#looking ??= this.#measure()
      .catch(() => undefined) // what it said last still is the best we know
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #measure(): Promise<void> {
    const [{ bavail, bsize }, { blocks }] = await Promise.all([statfs(this.#options.file), stat(this.#options.file)]);
    this.#freeBytes = bavail * bsize;
    this.#usedBytes = blocks * 512;
  }
}

const megabytes = (bytes: number) => String(Math.floor(bytes / 1024 ** 2));
