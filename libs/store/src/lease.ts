import { randomUUID } from 'node:crypto';
import mongoose, { type mongo } from 'mongoose';

/** How long an owner may be silent before another takes over, ms. */
export const LEASE_MS = 10_000;

/** For so long whoever could not ask may suppose that what he could not ask would have said the same, ms. */
const UNCONTESTED_MS = 600_000;

/**
 * A lease that nobody renewed for so many terms is free whatever its date says. An owner renews each half term; a request of
 * its that hangs is given up after 15 s, one and a half terms, and renewing follows: three are beyond all who live.
 */
const SILENT_TERMS = 3;

/** A lease document: who may do the work until when (epoch ms), and on which seat he sits, if on any. */
export interface LeaseDocument {
  _id: string;
  /** One process's own. */
  owner: string;
  untilMs: number;
  seat?: string;
  incarnation?: number;
}

/**
 * A place in an installation that one process has at a time, handed out by a supervisor that saw the one before it die:
 * `{ name: 'identity', incarnation: 1763800000123 }`. Who sits there later has the greater incarnation. Names are unique
 * among all who share the documents.
 */
export interface Seat {
  readonly name: string;
  readonly incarnation: number;
}

/** How a lease is held: for how long without a renewal, and on which seat. */
export interface LeaseTerms {
  leaseMs?: number;
  /** Absent: whoever dies is replaced when his lease has run out. */
  seat?: Seat | undefined;
}

/** What a waiter saw of somebody else's lease, since when the same, and when last; by his monotonic clock, ms. */
interface Seen {
  words: Pick<LeaseDocument, 'owner' | 'untilMs'>;
  sinceMs: number;
  lastMs: number;
}

/**
 * One owner at a time for work that must not be done twice. `held` is checked on the owner's monotonic clock, counted
 * from before the request that renewed it, so a process that was stopped and resumed knows at once that it lost it. Not so
 * after the whole machine slept, and that clock with it: therefore an owner asks the document before each effect
 * (`stillHeld`), finds another owner or his own time over, and gives up. Between the asking and the effect he may sleep
 * again, and wake when another has the lease: what he then does late, the relay sets right afterwards, and timers refuse
 * by the version they saw.
 *
 * Dates in the document are the owner's clock. One that was set far ahead leaves a lease dated in a year; so a waiter also
 * takes what was not renewed for three terms by his own clock, in an update guarded by exactly what he saw. An owner who
 * lives renews, whatever his clock says, and is never robbed.
 *
 * A process on a {@link Seat} does not wait for the lease of whoever had the seat before: it takes it from every lower
 * incarnation, in the one guarded update that takes a lease that ran out, so the document names one owner at any time.
 * A supervisor forks the next only after the kernel told it that the one before is gone, thus of its own children none is
 * fenced while it lives. What may live is an orphan: the child of a supervisor that was killed, closing down for some
 * seconds, or frozen and resumed later. Its own clock still says `held`, the document does not; and it does not get the lease
 * back, because its incarnation is the lower one. Should a supervisor's clock have been set back, its children have the
 * lower incarnation and wait as strangers do: later, never two at once.
 */
export class Lease {
  readonly #documents: mongo.Collection<LeaseDocument>;
  readonly #name: string;
  readonly #owner = randomUUID();
  readonly #leaseMs: number;
  readonly #seat: Seat | undefined;
  #heldUntil = 0;
  /** The document named this process when it was last read; then this is when that ended, had nothing been heard since. */
  #namedUntil = -UNCONTESTED_MS;
  #seen: Seen | undefined;

  constructor(documents: mongo.Collection<LeaseDocument>, name: string, { leaseMs = LEASE_MS, seat }: LeaseTerms = {}) {
    this.#documents = documents;
    this.#name = name;
    this.#leaseMs = leaseMs;
    this.#seat = seat;
  }

  /** True while this process is the owner, as far as it knows without asking. */
  get held(): boolean {
    return performance.now() < this.#heldUntil;
  }

  /**
   * Whether the document named this process when it last answered, at most ten minutes ago. For what would do more harm by
   * stopping than by being done twice, while the database answers nobody: who cannot ask cannot be told of another, but
   * neither can another take it. Only a process that is cut off alone goes on beside its successor, until it is let in again.
   */
  get isUncontested(): boolean {
    return performance.now() < this.#namedUntil + UNCONTESTED_MS;
  }

  /** For how long whoever keeps us waiting has not renewed, as of the last look, ms; 0 while nobody does. */
  get silentForMs(): number {
    return this.#seen === undefined ? 0 : this.#seen.lastMs - this.#seen.sinceMs;
  }

  /** The same as `held`, after asking the document: one look-up by key. To be asked before each effect. */
  async stillHeld(): Promise<boolean> {
    if (!this.held) return false;
    const mine = { _id: this.#name, owner: this.#owner, untilMs: { $gt: Date.now() } };
    if ((await this.#documents.findOne(mine)) === null) this.#heldUntil = 0;
    return this.held;
  }

  /** Takes or renews the lease when less than half of it is left; true while it is ours. */
  async hold(): Promise<boolean> {
    if (performance.now() < this.#heldUntil - this.#leaseMs / 2) return true;
    const asked = performance.now();
    const taken = await this.#take();
    this.#heldUntil = taken ? asked + this.#leaseMs : 0;
    this.#namedUntil = taken ? this.#heldUntil : -UNCONTESTED_MS;
    if (taken) this.#seen = undefined;
    else await this.#look();
    return this.held;
  }

  /** Gives it up, so that the next owner need not wait. */
  async release(): Promise<void> {
    this.#heldUntil = 0;
    this.#namedUntil = -UNCONTESTED_MS;
    await this.#documents.deleteOne({ _id: this.#name, owner: this.#owner });
  }

  async #take(): Promise<boolean> {
    const now = Date.now();
    const [seat, before] = this.#seated();
    const mine = { owner: this.#owner, untilMs: now + this.#leaseMs, ...seat };
    const free = [{ owner: this.#owner }, { untilMs: { $lte: now } }, ...before, ...this.#silent()];
    const { matchedCount } = await this.#documents.updateOne({ _id: this.#name, $or: free }, { $set: mine });
    if (matchedCount === 1) return true;
    try {
      await this.#documents.insertOne({ _id: this.#name, ...mine });
      return true;
    } catch (error) {
      if (error instanceof mongoose.mongo.MongoServerError && error.code === 11_000) return false;
      throw error;
    }
  }

  /** Remembers what keeps us waiting. */
  async #look(): Promise<void> {
    const found = await this.#documents.findOne({ _id: this.#name });
    if (found === null) {
      this.#seen = undefined;
      return;
    }
    const { owner, untilMs } = found;
    const [now, seen] = [performance.now(), this.#seen];
    const isSame = seen?.words.owner === owner && seen.words.untilMs === untilMs;
    this.#seen = { words: { owner, untilMs }, sinceMs: isSame ? seen.sinceMs : now, lastMs: now };
  }

  /** Exactly what we saw, once it has been the same for too long. */
  #silent(): Seen['words'][] {
    if (this.#seen === undefined || this.silentForMs < SILENT_TERMS * this.#leaseMs) return [];
    return [this.#seen.words];
  }

  /** What the document says of our seat, and which documents it lets us take. */
  #seated(): [Pick<LeaseDocument, 'seat' | 'incarnation'>, { seat: string; incarnation: { $lt: number } }[]] {
    if (this.#seat === undefined) return [{}, []];
    const { name: seat, incarnation } = this.#seat;
    return [{ seat, incarnation }, [{ seat, incarnation: { $lt: incarnation } }]];
  }
}
