import { kindWords } from '../alarms/alarm-text.ts';
import { useSpeech } from '../text/speech.tsx';

/** What is wrong, in the words of the alarm desk. */
export function FaultList({ faults }: { faults: readonly string[] }) {
  const { text } = useSpeech();
  if (faults.length === 0) return null;
  return (
    <ul className="street-faults" aria-label={text.street.wrong}>
      {faults.map((fault) => (
        <li key={fault} data-tone="attention">
          {kindWords(fault, text)}
        </li>
      ))}
    </ul>
  );
}
