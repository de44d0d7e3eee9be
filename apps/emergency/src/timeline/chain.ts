import { createHash } from 'node:crypto';
import type { AnswerOf, ExportIncident } from '@siaga/contracts';

/** An incident as it leaves in one file. */
export type ExportFile = AnswerOf<typeof ExportIncident>;
type Entry = ExportFile['timeline'][number]['entry'];

/**
 * Seals an export: SHA-256, in hex, of the hash before (of the first line: nothing) and the line as canonical JSON (RFC 8785
 * for what JSON itself gave: keys in order, no spaces); then of the last hash and the rest of the file likewise.
 */
export function sealed(head: Omit<ExportFile, 'timeline' | 'sha256'>, entries: readonly Entry[]): ExportFile {
  const timeline: ExportFile['timeline'] = [];
  for (const entry of entries) timeline.push({ entry, sha256: sha256(lastOf(timeline), entry) });
  return { ...head, timeline, sha256: sha256(lastOf(timeline), head) };
}

/** Whether nothing was changed, added, left out or moved since it was sealed; else the first line that is not so, from 0, or `head`. */
export function verified({ timeline, sha256: seal, ...head }: ExportFile): 'whole' | 'head' | number {
  const broken = timeline.findIndex(
    ({ entry, sha256: given }, at) => given !== sha256(timeline[at - 1]?.sha256 ?? '', entry),
  );
  if (broken !== -1) return broken;
  return seal === sha256(lastOf(timeline), head) ? 'whole' : 'head';
}

const lastOf = (timeline: ExportFile['timeline']): string => timeline.at(-1)?.sha256 ?? '';

const sha256 = (before: string, value: unknown): string =>
  createHash('sha256').update(before).update(canonical(value)).digest('hex');

/** The same text for the same value, however its keys were ordered. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
