import { Injectable } from '@nestjs/common';
import {
  ActionAttempted,
  ActionConcluded,
  Fault,
  type AuditRecord,
  type ChainLink,
  type InputOf,
  type ListAudit,
} from '@siaga/contracts';
import { beforeFirst, frontIn, RETENTION } from '@siaga/identity';
import { Store, trusted, type Stored } from '@siaga/store';
import { auditRecords, idOfSeq, recordOf, type RecordDocument } from './record-document.ts';

/** Who takes old records away; see `retention.ts`. */
export const RETENTION_PRINCIPAL = 'retention';

type Attempt = ActionAttempted & { seq: number };

/** The chain in the city's documents: it grows at its end and, by rule, shrinks at its front. */
@Injectable()
export class AuditRecords {
  constructor(private readonly store: Store) {}

  /** The last record, or {@link beforeFirst}. */
  async head(): Promise<ChainLink> {
    const last = await this.#records.findOne().sort({ _id: -1 }).lean();
    return last === null ? beforeFirst : { seq: Number(last._id), hash: last.hash };
  }

  /** Those of the events that are in no record yet, each once, in their order. */
  async unsealed(events: readonly AuditRecord['event'][]): Promise<AuditRecord['event'][]> {
    const nameOf = ({ name, data }: Pick<RecordDocument, 'name' | 'data'>) => `${name} ${data.attemptId}`;
    const attemptIds = [...new Set(events.map(({ data }) => data.attemptId))];
    const sealed = await this.#records.find({ 'data.attemptId': trusted({ $in: attemptIds }) } as never).lean();
    const known = new Set(sealed.map(nameOf));
    return events.filter((event) => !known.has(nameOf(event)) && known.add(nameOf(event)));
  }

  /** Adds the next records, all or the first so many. Throws `unavailable` when another process added some meanwhile. */
  async append(records: readonly AuditRecord[]): Promise<void> {
    if (records.length === 0) return;
    const inserts = records.map(({ seq, event, hash }) => ({
      insertOne: { document: { _id: idOfSeq(seq), name: event.name, data: event.data, hash, version: 1 } },
    }));
    try {
      await this.#records.bulkWrite(inserts, { ordered: true });
    } catch (error) {
      if (!(error instanceof Fault && error.kind === 'conflict')) throw error;
      throw new Fault('unavailable', 'another process is sealing the audit trail', { cause: error });
    }
  }

  /** Records from one on, oldest first. */
  async from(seq: number, limit: number): Promise<AuditRecord[]> {
    const found = await this.#records
      .find({ _id: trusted({ $gte: idOfSeq(seq) }) } as never)
      .sort({ _id: 1 })
      .limit(limit)
      .lean();
    return (found as Stored<RecordDocument>[]).map(recordOf);
  }

  /** Attempts of a subject, a principal or all, newest first, those before `after` only. */
  async attempts({ subject, principalId, after, limit }: InputOf<typeof ListAudit>['query']): Promise<Attempt[]> {
    const found = await this.#records
      .find({
        name: ActionAttempted.name,
        ...(subject === undefined ? {} : { 'data.subjects': subject }),
        ...(principalId === undefined ? {} : { 'data.principalId': principalId }),
        ...(after === undefined ? {} : { _id: trusted({ $lt: idOfSeq(after) }) }),
      } as never)
      .sort({ _id: -1 })
      .limit(limit)
      .lean();
    return found.map(({ _id, data }) => ({ ...(data as ActionAttempted), seq: Number(_id) }));
  }

  /** What became of attempts, by attemptId. */
  async conclusions(attemptIds: readonly string[]): Promise<ReadonlyMap<string, ActionConcluded>> {
    const found = await this.#records
      .find({ 'data.attemptId': trusted({ $in: [...attemptIds] }), name: ActionConcluded.name } as never)
      .lean();
    return new Map(found.map(({ data }) => [data.attemptId, data as ActionConcluded]));
  }

  /** Up to where the chain itself says that it has been taken away: what is before it counts no more. */
  async begin(): Promise<ChainLink> {
    const [last] = await this.#records
      .find({ 'data.principalId': RETENTION_PRINCIPAL, 'data.action': RETENTION } as never)
      .sort({ _id: -1 })
      .limit(1)
      .lean();
    return (last === undefined ? undefined : frontIn(recordOf(last).event)) ?? beforeFirst;
  }

  /** The last of the records at the front that are all older than this, or undefined. */
  async lastBefore(atMs: number): Promise<ChainLink | undefined> {
    const { seq } = await this.begin();
    const younger = await this.#records
      .findOne({ _id: trusted({ $gt: idOfSeq(seq) }), 'data.atMs': trusted({ $gte: atMs }) } as never)
      .sort({ _id: 1 })
      .lean();
    const end = younger === null ? { $gt: idOfSeq(seq) } : { $gt: idOfSeq(seq), $lt: younger._id };
    const last = await this.#records.findOne({ _id: trusted(end) } as never).sort({ _id: -1 }).lean(); // prettier-ignore
    return last === null ? undefined : { seq: Number(last._id), hash: last.hash };
  }

  /** Seq of the oldest record that is there; 1 when none is. */
  async firstSeq(): Promise<number> {
    const first = await this.#records.findOne().sort({ _id: 1 }).lean();
    return first === null ? 1 : Number(first._id);
  }

  countUpTo(seq: number): Promise<number> {
    return this.#records.countDocuments({ _id: trusted({ $lte: idOfSeq(seq) }) } as never);
  }

  async removeUpTo(seq: number): Promise<void> {
    await this.#records.deleteMany({ _id: trusted({ $lte: idOfSeq(seq) }) } as never);
  }

  get #records() {
    return this.store.of(auditRecords);
  }
}
