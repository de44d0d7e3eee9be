import type { TriageAnswer, TriageRecord } from '@siaga/contracts';

/** What a screen knows of the answers: each of them, or only that there are some, which are not for who looks. */
export type AnswersSeen = Readonly<Record<string, TriageAnswer>> | 'hidden';

/** Asked and masked is not the same as never asked: of what was asked the card made a tag, also where answers are hidden. */
export function answersSeen(triage: Pick<TriageRecord, 'answers' | 'tag'> | undefined): AnswersSeen {
  if (triage?.answers !== undefined) return triage.answers;
  return triage?.tag === undefined ? {} : 'hidden';
}
