import { Fault, tagOf, type TriageAnswer, type TriageCard, type TriageRecord } from '@siaga/contracts';
import type { StoredIncident } from './incident-document.ts';
import { mustBeOpen, nothingSaid, type Actor, type Turn } from './incident-turn.ts';

export interface Triage {
  cardVersion: number;
  answers?: Readonly<Record<string, TriageAnswer>> | undefined;
  overruled?: TriageRecord['overruled'] | undefined;
}

/** Answers of the card, those given on top of those before; who knows better has the last word. */
export function triaged(incident: StoredIncident, said: Triage, card: TriageCard, { nowMs }: Actor): Turn {
  mustBeOpen(incident, nowMs);
  const asked = Object.entries(said.answers ?? {});
  if (asked.length === 0 && said.overruled === undefined) throw nothingSaid();
  mustBeOf(card, said);
  const before = incident.triage?.cardVersion === card.version ? incident.triage : undefined;
  const answers = { ...before?.answers, ...said.answers };
  const tag = tagOf(card, answers);
  const overruled = said.overruled ?? incident.triage?.overruled;
  const triage: TriageRecord = {
    ...{ cardId: card.cardId, cardVersion: card.version, changedAtMs: nowMs, answers },
    ...(tag === undefined ? {} : { tag }),
    ...(overruled === undefined ? {} : { overruled }),
  };
  return {
    fields: { triage, tag: overruled?.tag ?? tag, triagedAtMs: incident.triagedAtMs ?? nowMs },
    lines: [
      ...(asked.length === 0 ? [] : [{ step: 'triaged' as const, ...(tag && { tag }), answers: { ...said.answers } }]),
      ...(said.overruled === undefined
        ? []
        : [{ step: 'overruled' as const, tag: said.overruled.tag, words: said.overruled.reason }]),
    ],
  };
}

function mustBeOf(card: TriageCard, { cardVersion, answers = {} }: Triage): void {
  if (cardVersion !== card.version)
    throw new Fault(
      'conflict',
      `kartu triase sudah versi ${String(card.version)}, jawaban untuk versi ${String(cardVersion)}: muat ulang kartu lalu jawab lagi · the card is another version by now: load it again`,
    );
  const known = card.questions.map(({ questionId }) => questionId);
  const strange = Object.keys(answers).find((questionId) => !known.includes(questionId));
  if (strange !== undefined)
    throw new Fault(
      'invalid',
      `answers: kartu ini tidak menanyakan ${strange}; pilih dari ${known.join(', ')} · the card does not ask this: choose from those named`,
    );
}
