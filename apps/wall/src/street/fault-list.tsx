import { useSpeech } from '../text/speech.tsx';

/** What is wrong, in words; a fault nobody has words for yet is called as the device calls it. */
export function FaultList({ faults }: { faults: readonly string[] }) {
  const { text } = useSpeech();
  if (faults.length === 0) return null;
  const words: Readonly<Record<string, string>> = text.street.faults;
  return (
    <ul className="street-faults" aria-label={text.street.wrong}>
      {faults.map((fault) => (
        <li key={fault} data-tone="attention">
          {words[fault] ?? fault}
        </li>
      ))}
    </ul>
  );
}
