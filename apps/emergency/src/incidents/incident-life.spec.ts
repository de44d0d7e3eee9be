import { expect, it } from '@jest/globals';
import { WORDS_KEPT_MS } from '../retention-rules.ts';
import { due } from './incident-life.ts';
import { incidentWith } from './incident.harness.ts';

const place = { lat: -7.75049, lng: 113.21051, uncertaintyM: 5, source: 'map' as const, words: 'rumah Bu Siti' };
const triage = { cardId: 'life-risk', cardVersion: 1, answers: { trapped: 'yes' as const }, changedAtMs: 1 };
const over = incidentWith({ status: 'closed', closed: { by: 'p1', atMs: 1000 }, words: 'sesak', place, triage });

it('leaves screens a day after it was over, and forgets what people said much later', () => {
  expect(due(incidentWith(), 5000)).toBeUndefined();
  expect(due(over, 1000 + 86_400_000)?.change).toEqual({ $set: { archived: true, wakeAtMs: 1000 + WORDS_KEPT_MS } });
  const archived = { ...over, archived: true as const };
  expect(due(archived, 5000)?.change).toEqual({ $set: { wakeAtMs: 1000 + WORDS_KEPT_MS } });
  expect(due(archived, 1000 + WORDS_KEPT_MS)?.change).toEqual({
    $set: {
      place: { lat: -7.75, lng: 113.211, uncertaintyM: 100, source: 'map' },
      triage: { cardId: 'life-risk', cardVersion: 1, changedAtMs: 1 },
    },
    $unset: { words: 1 },
  });
});
