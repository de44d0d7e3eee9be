import { Circle, CircleCheck } from 'lucide-react';
import { useSpeech } from '../../text/speech.tsx';

interface RuleMarkProps {
  id: string;
  words: string;
  met: boolean;
  /** Nothing has been typed: then nothing is wrong yet. */
  empty: boolean;
}

/** What a field must hold, and whether it does while somebody types. */
export function RuleMark({ id, words, met, empty }: RuleMarkProps) {
  const { text } = useSpeech();
  const Icon = met ? CircleCheck : Circle;
  return (
    <p className="rule" id={id} data-met={met} data-empty={empty}>
      <Icon aria-hidden="true" />
      <span>
        {words}
        {!empty && <span className="spoken"> ({met ? text.session.ruleMet : text.session.ruleUnmet})</span>}
      </span>
    </p>
  );
}
