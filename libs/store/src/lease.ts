import { randomUUID } from 'node:crypto';
import mongoose, { type mongo } from 'mongoose';

/** How long an owner may be silent before another takes over, ms. */
export const LEASE_MS = 10_000;

/** A lease document: who may do the work until when (epoch ms). */
export interface LeaseDocument {
  _id: string;
  owner: string;
  untilMs: number;
}

/**
 * One owner at a time for work that must not be done twice. `held` is checked on the owner's monotonic clock, counted
 * from before the request that renewed it, so a process that was stopped and resumed knows at once that it lost it.
 */
export class Lease {
  readonly #documents: mongo.Collection<LeaseDocument>;
  readonly #name: string;
  readonly #owner = randomUUID();
  readonly #leaseMs: number;
  #heldUntil = 0;

  constructor(documents: mongo.Collection<LeaseDocument>, name: string, leaseMs = LEASE_MS) {
    this.#documents = documents;
    this.#name = name;
    this.#leaseMs = leaseMs;
  }

  /** True while this process is the owner. */
  get held(): boolean {
    return performance.now() < this.#heldUntil;
  }

  /** Takes or renews the lease when less than half of it is left; true while it is ours. */
  async hold(): Promise<boolean> {
    if (performance.now() < this.#heldUntil - this.#leaseMs / 2) return true;
    const asked = performance.now();
    if (await this.#take()) this.#heldUntil = asked + this.#leaseMs;
    return this.held;
  }

  /** Gives it up, so that the next owner need not wait. */
  async release(): Promise<void> {
    this.#heldUntil = 0;
    await this.#documents.deleteOne({ _id: this.#name, owner: this.#owner });
  }

  async #take(): Promise<boolean> {
    const now = Date.now();
    const mine = { owner: this.#owner, untilMs: now + this.#leaseMs };
    const free = { _id: this.#name, $or: [{ owner: this.#owner }, { untilMs: { $lte: now } }] };
    const { matchedCount } = await this.#documents.updateOne(free, { $set: mine });
    if (matchedCount === 1) return true;
    try {
      await this.#documents.insertOne({ _id: this.#name, ...mine });
      return true;
    } catch (error) {
      if (error instanceof mongoose.mongo.MongoServerError && error.code === 11_000) return false;
      throw error;
    }
  }
}
