import { useSpeech } from '../../text/speech.tsx';
import type { SeenPanel } from '../lamps/seen-lamps.ts';

/** `31 dari 34 menyala`, with what the rest is as a bar and in words. */
export function TallyBar({ panel }: { panel: SeenPanel }) {
  const { text, format } = useSpeech();
  const words = text.street;
  const { lamps, lit, dark, suspected, dayBurning, unmonitored } = panel;
  const parts = [
    { look: 'lit', count: lit, said: undefined },
    { look: 'dark', count: dark, said: words.countDark(format.number(dark)) },
    { look: 'suspected', count: suspected, said: words.countSuspected(format.number(suspected)) },
    { look: 'unmonitored', count: unmonitored, said: words.countUnmonitored(format.number(unmonitored)) },
  ].filter(({ count }) => count > 0);
  const said = parts.flatMap(({ said: one }) => one ?? []);
  if (dayBurning > 0) said.unshift(words.countDayBurning(format.number(dayBurning)));
  if (lamps === 0) return <p className="third">{words.noLampsOnIt}</p>;
  return (
    <div className="tally">
      <p className="street-now">
        <strong>{format.number(lit)}</strong>
        <span>{words.ofLampsLit(format.number(lamps))}</span>
      </p>
      <div className="tally-bar" aria-hidden="true">
        {parts.map(({ look, count }) => (
          <i key={look} data-look={look} ref={(part) => part?.style.setProperty('flex-grow', String(count))} />
        ))}
        <i ref={(part) => part?.style.setProperty('flex-grow', String(lamps - lit - dark - suspected - unmonitored))} />
      </div>
      {said.length > 0 && <p>{said.join(' · ')}</p>}
    </div>
  );
}
