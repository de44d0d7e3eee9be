import { GetTriageCard, TriageAnswer, TriageIncident, type TriageRecord } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { HiddenHere } from '../../session/reveal/hidden-here.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';
import { answersSeen } from './answers-seen.ts';

interface TriageProps {
  incidentId: string;
  triage: TriageRecord | undefined;
}

/** The life-risk card: *ya* is always bad, *tidak jelas* is an answer, and each begins as *belum ditanya*. */
export function Triage({ incidentId, triage }: TriageProps) {
  const { text, language } = useSpeech();
  const words = text.emergency;
  const { answer: card, failure } = useAsked(
    useCallback((signal: AbortSignal) => call(GetTriageCard, {}, { signal }), []),
  );
  const press = usePress();
  const seen = answersSeen(triage);
  const isHidden = seen === 'hidden';
  const answers = isHidden ? {} : seen;
  const bad = (questionId: string) => answers[questionId] !== undefined && answers[questionId] !== 'no';
  return (
    <details className="incident-part" open>
      <summary>
        <h3>{words.triage}</h3> <span className="third">{words.triageHint}</span>
      </summary>
      {isHidden && <HiddenHere classes={['health']}>{words.answersHidden}</HiddenHere>}
      {failure !== undefined && <p role="alert">{failure}</p>}
      <ol className="triage-questions">
        {card?.questions.map(({ questionId, ask, tell }) => (
          <li key={questionId} data-answer={isHidden ? 'hidden' : (answers[questionId] ?? 'none')}>
            <p>{ask[language]}</p>
            <Choice
              label={ask[language]}
              options={TriageAnswer.options}
              chosen={answers[questionId]}
              onChoose={(given) => {
                press.run(async (send) => {
                  const body = { cardVersion: card.version, answers: { [questionId]: given } };
                  await send(TriageIncident, { params: { incidentId }, body });
                });
              }}
            >
              {(one) => words.answers[one]}
            </Choice>
            {answers[questionId] === undefined && (
              <span className="third">{isHidden ? words.hidden : words.notAsked}</span>
            )}
            {tell !== undefined && bad(questionId) && (
              <p className="triage-tell">
                <b>{words.tell}:</b> {tell[language]}
              </p>
            )}
          </li>
        ))}
      </ol>
      <Refused press={press} />
    </details>
  );
}
