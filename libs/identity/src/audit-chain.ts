import { createHash } from 'node:crypto';
import { ActionAttempted, type AuditRecord, type ChainLink } from '@siaga/contracts';
import { canonicalJson } from './canonical-json.ts';

/** What the first record of a chain follows. */
export const beforeFirst: ChainLink = { seq: 0, hash: '0'.repeat(64) };

/** SHA-256, hex, of the hash before and the record's canonical JSON (RFC 8785). */
export function chainHash(previousHash: string, { seq, event }: Pick<AuditRecord, 'seq' | 'event'>): string {
  return createHash('sha256').update(previousHash).update(canonicalJson({ seq, event })).digest('hex');
}

/** Events as the next records of a chain, in the order given. */
export function chained(head: ChainLink, events: readonly AuditRecord['event'][]): AuditRecord[] {
  let { seq, hash } = head;
  return events.map((event) => {
    seq += 1;
    hash = chainHash(hash, { seq, event });
    return { seq, event, hash };
  });
}

/** Name of the action by which records older than the city keeps them leave the front of the chain. */
export const RETENTION = 'retention.run';

/** How the trail says up to which record the chain has been taken away: only what is sealed in it may be gone. */
export const subjectOfFront = ({ seq, hash }: ChainLink): string => `audit-front:${String(seq)}:${hash}`;

/** The record up to which this event says the chain has been taken away. */
export function frontIn({ name, data }: AuditRecord['event']): ChainLink | undefined {
  if (name !== ActionAttempted.name || data.action !== RETENTION) return undefined;
  const [, seq, hash] = data.subjects.map((subject) => /^audit-front:(\d+):([\da-f]{64})$/.exec(subject)).find(Boolean) ?? []; // prettier-ignore
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash };
}
