import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { emergencyReaders } from './emergency.ts';
import { EpochMs, label } from './shapes.ts';

/** Merah, kuning, hijau, 0 (hitam): Permenkes 47/2018. Absent elsewhere means nobody has asked yet. */
export const TriageTag = z.enum(['red', 'yellow', 'green', 'black']);
export type TriageTag = z.infer<typeof TriageTag>;

/** *Ya* is always the bad answer; *tidak jelas* counts as bad where life hangs on it. Not asked: no entry. */
export const TriageAnswer = z.enum(['yes', 'no', 'unclear']);
export type TriageAnswer = z.infer<typeof TriageAnswer>;

/** One question of a card. */
export const TriageQuestion = z.object({
  questionId: z.string().regex(/^[a-z][a-z-]{1,30}$/),
  /** Read out as it stands; *ya* is bad. */
  ask: z.object({ id: label(160), en: label(160) }),
  /** What a bad or unclear answer means: danger to life, or soon. */
  risk: z.enum(['life', 'urgent']),
  /** What to tell the caller to do on a bad or unclear answer. */
  tell: z.object({ id: label(400), en: label(400) }).optional(),
});
export type TriageQuestion = z.infer<typeof TriageQuestion>;

/** A card is data: answers name card and version, so that a new version changes no old answer. */
export const TriageCard = z.object({
  cardId: z.string().regex(/^[a-z][a-z-]{1,30}$/),
  version: z.number().int().min(1),
  questions: z.array(TriageQuestion).min(1).max(20),
});
export type TriageCard = z.infer<typeof TriageCard>;

/** Answers by the question of the card they are to. */
export const TriageAnswers = z.record(TriageQuestion.shape.questionId, TriageAnswer).meta({ class: 'health' });

/** What was asked of one incident. */
export const TriageRecord = z.object({
  cardId: TriageCard.shape.cardId,
  cardVersion: TriageCard.shape.version,
  /** Absent beside a `tag`: asked, and not for the eyes of who reads this; or forgotten by now. */
  answers: TriageAnswers.optional(),
  /** By the card's rule. */
  tag: TriageTag.optional(),
  /** Somebody on the scene, or a supervisor, knows better. */
  overruled: z.object({ tag: TriageTag, reason: label(200).meta({ class: 'health' }) }).optional(),
  changedAtMs: EpochMs,
});
export type TriageRecord = z.infer<typeof TriageRecord>;

/**
 * The tag of these answers: red on the first bad or unclear answer on life; yellow on one that is urgent, or while a
 * question on life was not asked; green when nothing is bad. Over-triage by default: few levels, and what is not known
 * counts as bad (the three-level index found 83 % of top priorities where a four-level one found 54 %, Torlén et al.).
 * Undefined: nothing was asked.
 */
export function tagOf(card: TriageCard, answers: Readonly<Record<string, TriageAnswer>>): TriageTag | undefined {
  const asked = card.questions.filter(({ questionId }) => answers[questionId] !== undefined);
  if (asked.length === 0) return undefined;
  const isBad = ({ questionId }: TriageQuestion) => answers[questionId] !== 'no' && answers[questionId] !== undefined;
  if (asked.some((question) => question.risk === 'life' && isBad(question))) return 'red';
  const isLifeOpen = card.questions.some(
    ({ risk, questionId }) => risk === 'life' && answers[questionId] === undefined,
  );
  return isLifeOpen || asked.some(isBad) ? 'yellow' : 'green';
}

export const GetTriageCard = defineRoute({
  name: 'emergency.triage-card.get',
  summary: 'The card of questions in force, with what to tell the caller.',
  method: 'GET',
  path: '/api/emergency/triage-card',
  answer: TriageCard,
  permission: emergencyReaders,
});
