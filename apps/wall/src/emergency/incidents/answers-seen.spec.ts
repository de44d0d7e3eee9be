import { expect, it } from '@jest/globals';
import { Incident, maskOfShape, type FieldClass } from '@siaga/contracts';
import { answersSeen } from './answers-seen.ts';

it('tells what is masked from what nobody has asked', () => {
  const triage = { cardId: 'life-risk', cardVersion: 1, answers: { trapped: 'no' }, tag: 'green', changedAtMs: 1 };
  const seenBy = (sight: FieldClass[], said: object | undefined) =>
    answersSeen((maskOfShape(Incident)?.({ triage: said }, new Set(sight)) as { triage?: never }).triage);
  expect(seenBy(['health'], triage)).toEqual({ trapped: 'no' });
  expect(seenBy([], triage)).toBe('hidden');
  expect(seenBy([], undefined)).toEqual({});
  // overruled by who was there, and nothing asked
  expect(seenBy([], { ...triage, answers: {}, tag: undefined })).toEqual({});
});
