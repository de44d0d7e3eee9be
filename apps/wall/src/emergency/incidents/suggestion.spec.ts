import { expect, it } from '@jest/globals';
import type { Candidate } from '@siaga/contracts';
import { insteadOf, nextOf, partsLeft, skippedFor } from './suggestion.ts';

const part = (count: number, candidates: readonly Candidate[]) => ({
  ...{ count, why: { id: 'ambulans', en: 'ambulance' }, candidates: [...candidates] },
});
const nobody = new Set<string>();

it('draws the first that can go, however many nearer ones cannot', () => {
  const tired = Array.from({ length: 8 }, (_, index) => ({
    unitId: `AMB-${String(index)}`,
    passedOver: 'no-crew' as const,
  }));
  const parts = partsLeft([part(1, [...tired, { unitId: 'AMB-8' }, { unitId: 'AMB-9' }])], nobody);
  expect(parts[0]?.shown.map(({ unitId }) => unitId)).toEqual(['AMB-0', 'AMB-1', 'AMB-2', 'AMB-3', 'AMB-4', 'AMB-8']);
  expect(nextOf(parts)).toEqual({ unitId: 'AMB-8' });
  expect(partsLeft([part(1, tired)], nobody)[0]?.shown).toHaveLength(6);
});

it('goes on to the next part when as many are on the incident as the first asks for; one unit fills one part', () => {
  const on: Candidate = { unitId: 'AMB-1' };
  const first = part(1, [on, { unitId: 'AMB-2' }]);
  const second = part(1, [on, { unitId: 'POL-1' }]);
  expect(nextOf(partsLeft([first, second], nobody))).toEqual(on);
  const parts = partsLeft([first, second], new Set(['AMB-1']));
  expect(parts.map(({ isFilled }) => isFilled)).toEqual([true, false]);
  expect(nextOf(parts)).toEqual({ unitId: 'POL-1' });
});

it('does not count again what a suggestion has counted: one of two is there, one more is wanted', () => {
  const there: Candidate = { unitId: 'AMB-1', passedOver: 'busy' };
  const on = new Set(['AMB-1']);
  expect(nextOf(partsLeft([part(1, [there, { unitId: 'AMB-2' }])], on))).toEqual({ unitId: 'AMB-2' });
  expect(nextOf(partsLeft([part(0, [there, { unitId: 'AMB-2' }])], on))).toBeUndefined();
});

it('names who could go instead of one that is silent, also where nobody more is wanted, and of its own kind only', () => {
  const silent: Candidate = { unitId: 'AMB-1', passedOver: 'busy' };
  const tired: Candidate = { unitId: 'AMB-2', passedOver: 'no-crew' };
  const parts = partsLeft(
    [part(0, [{ unitId: 'POL-1' }]), part(0, [silent, tired, { unitId: 'AMB-3' }, { unitId: 'AMB-4' }])],
    new Set(['AMB-1']),
  );
  expect(nextOf(parts)).toBeUndefined();
  expect(insteadOf(parts, 'AMB-1')).toEqual({ unitId: 'AMB-3' });
  expect(insteadOf(partsLeft([part(0, [silent, tired])], new Set(['AMB-1'])), 'AMB-1')).toBeUndefined();
});

it('says who was passed over for a unit that no part asks for: those that could not go where somebody is wanted', () => {
  const tired: Candidate = { unitId: 'AMB-1', passedOver: 'no-crew' };
  const parts = partsLeft([part(1, [tired, { unitId: 'AMB-2' }])], nobody);
  expect(skippedFor(parts, 'AMB-2')).toEqual([{ unitId: 'AMB-1', why: 'no-crew' }]);
  expect(skippedFor(parts, 'POL-1')).toEqual([{ unitId: 'AMB-1', why: 'no-crew' }]);
  expect(skippedFor(partsLeft([part(1, [tired, { unitId: 'AMB-2' }])], new Set(['AMB-2'])), 'POL-1')).toEqual([]);
});
