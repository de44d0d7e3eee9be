import { IntakeCounted } from '@siaga/contracts';
import { useCity } from '../../city/city-context.tsx';
import { useLatest, useNow } from '../../link/use-live.ts';
import { cityDay } from '../../text/format.ts';
import { useSpeech } from '../../text/speech.tsx';
import { refusalsOf, sumIntake } from './intake.ts';

/** What the doors took and refused of one truck today, and why. */
export function TruckIntake({ truckId }: { truckId: string }) {
  const { text, format } = useSpeech();
  const { timezone } = useCity().city;
  const nowMs = useNow();
  const counted = useLatest(IntakeCounted).get(truckId)?.data;
  if (counted === undefined) return null;
  const sum = sumIntake([counted], cityDay(nowMs, timezone));
  const { lastRefusal } = counted;
  return (
    <section className="intake" aria-label={text.intakeToday}>
      <h3>{text.intakeToday}</h3>
      <p className="intake-sums">
        <Sum value={format.number(sum.accepted)} name={text.accepted} />
        <Sum value={format.number(sum.duplicates)} name={text.duplicates} />
        <Sum value={format.number(sum.refused)} name={text.refused} attention={sum.refused > 0} />
      </p>
      {sum.refused === 0 && <p className="third">{text.noRefusal}</p>}
      {sum.refused > 0 && (
        <ul className="refusals">
          {refusalsOf(counted).map(([reason, times]) => (
            <li key={reason}>
              <span>{text.refusals[reason]}</span>
              <span>{format.number(times)}</span>
            </li>
          ))}
        </ul>
      )}
      {lastRefusal !== undefined && (
        <p className="last-refusal">
          {text.lastRefusal} {format.moment(lastRefusal.atMs, nowMs)}: {text.refusals[lastRefusal.reason]}
          <span className="third">{lastRefusal.detail}</span>
        </p>
      )}
    </section>
  );
}

function Sum({ value, name, attention = false }: { value: string; name: string; attention?: boolean }) {
  return (
    <span data-tone={attention ? 'attention' : 'calm'}>
      <strong>{value}</strong> {name}
    </span>
  );
}
