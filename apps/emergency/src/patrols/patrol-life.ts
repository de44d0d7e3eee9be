import { VOICES_KEPT_MS } from '../retention-rules.ts';
import type { PatrolDocument } from './patrol-document.ts';
import type { Turn } from './patrol-rules.ts';

/** Nobody said that a round ended, so long after it should have, ms. */
export const LAPSES_MS = 6 * 3_600_000;
/** So long after that screens still show it, ms: the shift that comes sees the day before. */
const SHOWN_MS = 2 * 86_400_000;

const lapsesAtMs = ({ toMs, startedAtMs }: PatrolDocument) => Math.max(toMs, startedAtMs) + LAPSES_MS;

/** When time does something to a round, epoch ms; undefined: never again. */
export function wakeAtMsOf(patrol: PatrolDocument): number | undefined {
  if (patrol.status === 'under-way') return lapsesAtMs(patrol);
  if (patrol.archived !== true) return lapsesAtMs(patrol) + SHOWN_MS;
  const isForgotten = patrol.photos.length === 0 && patrol.findings.every(({ words }) => words === undefined);
  return isForgotten ? undefined : lapsesAtMs(patrol) + VOICES_KEPT_MS;
}

/** What time has done by now; words and pictures go with the pictures' hashes, which are to be erased first. */
export function overdue(patrol: PatrolDocument, nowMs: number): Turn {
  const dueMs = wakeAtMsOf(patrol) ?? Infinity;
  if (nowMs < dueMs) return {};
  if (patrol.status === 'under-way') return { status: 'lapsed' };
  if (patrol.archived !== true) return { archived: true };
  return { photos: [], findings: patrol.findings.map(wordless) };
}

function wordless(finding: PatrolDocument['findings'][number]): PatrolDocument['findings'][number] {
  const kept = { ...finding };
  delete kept.words;
  return kept;
}
