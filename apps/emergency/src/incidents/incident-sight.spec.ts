import { expect, it } from '@jest/globals';
import type { IncidentLogged } from '@siaga/contracts';
import { incidentFor, linesFor } from './incident-sight.ts';
import { incidentWith } from './incident.harness.ts';

const dishub = { agencies: ['dishub' as const], roles: ['viewer' as const] };
const dinkes = { ...dishub, agencies: ['dinkes' as const] };
const stored = incidentWith({
  ...{ agencies: ['dishub'], words: 'asma sejak kecil', tag: 'red' },
  place: { lat: -7.75, lng: 113.21, uncertaintyM: 20, source: 'map', words: 'rumah Bu Siti' },
  triage: { cardId: 'life', cardVersion: 1, answers: { breathing: 'no' }, tag: 'red', changedAtMs: 1 },
});

it('tells whom it told where and how bad, and nothing that a caller said', () => {
  expect(incidentFor(dinkes, stored)).toMatchObject({
    ...{ words: 'asma sejak kecil', place: { words: 'rumah Bu Siti' }, triage: { answers: { breathing: 'no' } } },
  });
  const seen = incidentFor(dishub, stored);
  expect(seen).toMatchObject({ tag: 'red', place: { lat: -7.75 }, triage: { tag: 'red' } });
  expect(JSON.stringify(seen)).not.toMatch(/asma|Siti|breathing/);
  expect(stored.place?.words).toBe('rumah Bu Siti');
});

it('shows lines to those they were told to', () => {
  const line = (change: string, agencies: IncidentLogged['agencies']): IncidentLogged => ({
    ...{ entryId: `INS-00000001#${change}`, step: 'noted', by: 'p1', atMs: 1, agencies },
  });
  const lines = [line('1', []), line('2', ['dishub']), line('3', ['polres', 'dishub']), line('4', ['polres'])];
  expect(linesFor(dishub, lines)).toEqual(lines.slice(1, 3));
  expect(linesFor(dinkes, lines)).toEqual(lines);
});
