import { isOpenIncident } from '@siaga/contracts';
import type { Due } from '@siaga/store';
import { WORDS_KEPT_MS } from '../retention-rules.ts';
import type { IncidentDocument, StoredIncident } from './incident-document.ts';

/** What time has done to one that is over: screens let it go after a day, and what people said is forgotten in the end. */
export function due(incident: StoredIncident, nowMs: number): Due<IncidentDocument> | undefined {
  if (isOpenIncident(incident)) return undefined;
  const { archived, closed, mergedBy, changedAtMs } = incident;
  const goesAtMs = (closed ?? mergedBy)?.atMs ?? changedAtMs;
  if (archived !== true) return { change: { $set: { archived: true, wakeAtMs: goesAtMs + WORDS_KEPT_MS } } };
  if (nowMs < goesAtMs + WORDS_KEPT_MS) return { change: { $set: { wakeAtMs: goesAtMs + WORDS_KEPT_MS } } };
  const { place, triage } = incident;
  return {
    change: {
      $set: {
        ...(place === undefined ? {} : { place: without(place, 'words') }),
        ...(triage === undefined ? {} : { triage: without(triage, 'answers', 'overruled') }),
      },
      $unset: { words: 1 },
    },
  };
}

const without = (whole: object, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
