import { isOpenIncident, type EmergencyPlace } from '@siaga/contracts';
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
        ...(place === undefined ? {} : { place: coarse(place) }),
        ...(triage === undefined ? {} : { triage: without(triage, 'answers', 'overruled') }),
      },
      $unset: { words: 1 },
    },
  };
}

/** A ten-thousandth of a degree is a house, a thousandth is a street: 111 m. */
const COARSE_DEG = 0.001;
/** How far a place on that grid may be from where it was, at most: half of its diagonal and some, metres. */
const COARSE_M = 100;

/** Where it was to a street and a kelurahan, as reports count it: whose house it was is forgotten with what was said there. */
function coarse({ lat, lng, uncertaintyM, source, kelurahanCode }: EmergencyPlace): EmergencyPlace {
  const onGrid = (degrees: number) => Number((Math.round(degrees / COARSE_DEG) * COARSE_DEG).toFixed(3));
  return {
    ...{ lat: onGrid(lat), lng: onGrid(lng), uncertaintyM: Math.max(uncertaintyM, COARSE_M), source },
    ...(kelurahanCode !== undefined && { kelurahanCode }),
  };
}

const without = (whole: object, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
