import type { AuditRecord, ChainLink } from '@siaga/contracts';
import { chainHash, frontIn } from './audit-chain.ts';

/**
 * Where a chain breaks. `changed`: a record is not what was sealed after the one before it; `missing`: records up to
 * `untilSeq` are not there; `reordered`: what belongs here stands at `foundAtSeq`; `rewritten`: the chain holds together,
 * but is not the one whose head was noted; `short`: it holds together and ends before the noted record `seq`.
 */
export type ChainBreak =
  | { how: 'changed' | 'rewritten' | 'short'; seq: number }
  | { how: 'missing'; seq: number; untilSeq: number }
  | { how: 'reordered'; seq: number; foundAtSeq: number };

/** Recomputes a chain page by page, oldest first, and finds where it breaks first. */
export class ChainCheck {
  readonly #begin: ChainLink;
  readonly #noted: ChainLink | undefined;
  #head: ChainLink;
  #records = 0;
  /** The chain itself says that what is not there was taken away by rule. */
  #isFrontSealed: boolean;

  /** `begin`: what the first record follows; `noted`: a head that somebody wrote down outside. */
  constructor(begin: ChainLink, noted?: ChainLink) {
    this.#begin = begin;
    this.#head = begin;
    this.#noted = noted;
    this.#isFrontSealed = begin.seq === 0;
  }

  /** Seq and hash of the last record that holds. */
  get head(): ChainLink {
    return this.#head;
  }

  /** The noted record was taken away by rule since: what was noted of it cannot be compared any more. */
  get isNotedRetired(): boolean {
    return this.#noted !== undefined && this.#noted.seq < this.#begin.seq;
  }

  /** How many records hold. */
  get records(): number {
    return this.#records;
  }

  /** The first break in the next page, or undefined. */
  take(page: readonly AuditRecord[]): ChainBreak | undefined {
    for (const [at, record] of page.entries()) {
      const found = this.#breakAt(record, page.slice(at + 1));
      if (found !== undefined) return found;
      const { seq, hash, event } = record;
      if (this.#noted?.seq === seq && this.#noted.hash !== hash) return { how: 'rewritten', seq };
      this.#head = { seq, hash };
      this.#records += 1;
      const front = frontIn(event);
      this.#isFrontSealed ||= front?.seq === this.#begin.seq && front.hash === this.#begin.hash;
    }
    return undefined;
  }

  /** What only the end shows: a front that nobody took away by rule, or an end that was cut off. */
  end(): ChainBreak | undefined {
    if (!this.#isFrontSealed) return { how: 'missing', seq: 1, untilSeq: this.#begin.seq };
    if (this.#noted === undefined) return undefined;
    const { seq, hash } = this.#begin;
    // the last that was taken away: its hash is still known, the chain goes on from it
    if (this.#noted.seq === seq && this.#noted.hash !== hash) return { how: 'rewritten', seq };
    if (this.#noted.seq <= this.#head.seq) return undefined;
    return { how: 'short', seq: this.#noted.seq };
  }

  #breakAt(record: AuditRecord, following: readonly AuditRecord[]): ChainBreak | undefined {
    const seq = this.#head.seq + 1;
    if (record.seq !== seq) return { how: 'missing', seq, untilSeq: record.seq - 1 };
    if (this.#follows(record)) return undefined;
    const mine = following.find((other) => this.#follows({ ...other, seq }));
    return mine === undefined ? { how: 'changed', seq } : { how: 'reordered', seq, foundAtSeq: mine.seq };
  }

  #follows(record: AuditRecord): boolean {
    return chainHash(this.#head.hash, record) === record.hash;
  }
}
