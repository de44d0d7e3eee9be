import { Inject, Injectable } from '@nestjs/common';
import type { ChainLink } from '@siaga/contracts';
import { RETENTION, subjectOfFront } from '@siaga/identity';
import { audited, AUDITOR, currentContext, withContext, type Auditor } from '@siaga/service';
import { Store, trusted } from '@siaga/store';
import { AuditRecords, RETENTION_PRINCIPAL } from '../audit/records.store.ts';
import { reveals } from '../reveal/reveal-document.ts';
import { AUDIT_KEPT_MS, REASONS_KEPT_MS } from './retention-rules.ts';

/** More at once would keep the timers of the service waiting; the next run goes on. */
const MOST_RECORDS = 20_000;

/**
 * Removes what is older than its rule allows and no index removes. The front of the chain goes in two steps: a run writes
 * into the trail up to where the chain is to be taken away, and once that is sealed in it, the next run takes it. So the
 * rest of the chain can be recomputed at any moment, and a front that is gone without such a record was stolen.
 */
@Injectable()
export class Retention {
  constructor(
    private readonly records: AuditRecords,
    private readonly store: Store,
    @Inject(AUDITOR) private readonly auditor: Auditor,
  ) {}

  /** Answers whether there is more to remove, which the next run does. */
  run(nowMs: number): Promise<'done' | 'more'> {
    const context = currentContext();
    const principal = { ...context.principal, id: RETENTION_PRINCIPAL };
    return withContext({ ...context, principal }, () => this.removeOld(nowMs));
  }

  private async removeOld(nowMs: number): Promise<'done' | 'more'> {
    const sealed = await this.records.begin();
    const upToSeq = Math.min(sealed.seq, (await this.records.firstSeq()) + MOST_RECORDS - 1);
    const front = (await this.records.lastBefore(nowMs - AUDIT_KEPT_MS)) ?? sealed;
    const old = { atMs: trusted({ $lt: nowMs - REASONS_KEPT_MS }) } as never;
    const counts = { audit_records: await this.records.countUpTo(upToSeq), identity_reveals: await this.store.of(reveals).countDocuments(old) }; // prettier-ignore
    await audited(this.auditor, { name: RETENTION, subjects: subjectsOf(front, counts) }, async () => {
      await this.records.removeUpTo(upToSeq);
      await this.store.of(reveals).deleteMany(old);
    });
    return upToSeq < sealed.seq || front.seq > sealed.seq ? 'more' : 'done';
  }
}

/** What a run removes: the front that the next one takes, and how many documents this one does. */
function subjectsOf(front: ChainLink, counts: Readonly<Record<string, number>>): string[] {
  const removed = Object.entries(counts).map(([collection, count]) => `${collection}:${String(count)}`);
  return [...(front.seq === 0 ? [] : [subjectOfFront(front)]), ...removed];
}
