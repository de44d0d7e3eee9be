import { NOT_SET_UP, type AlertOutcome } from '@siaga/contracts';
import { halfIn } from '../../text/fault-words.ts';
import { useSpeech } from '../../text/speech.tsx';
import { waysTried } from './crew-answer.ts';

/** By what ways a crew was told of its assignment, and how each fared; while nothing was heard of it. */
export function WaysTried({ alerts }: { alerts: readonly AlertOutcome[] }) {
  const { text, format } = useSpeech();
  const words = text.crewAlerts;
  return (
    <ul className="ways-tried" aria-label={words.title}>
      {waysTried(alerts).map(({ channel, outcome }) => (
        <li key={channel} data-outcome={outcome?.outcome ?? 'none'}>
          {text.emergency.channels[channel]}: <OutcomeWords outcome={outcome} />
          {outcome !== undefined && <span className="third"> {format.timeWithSeconds(outcome.atMs)}</span>}
        </li>
      ))}
    </ul>
  );
}

function OutcomeWords({ outcome: of }: { outcome: AlertOutcome | undefined }) {
  const { text, language } = useSpeech();
  const words = text.crewAlerts;
  if (of === undefined) return words.nothing;
  const { channel, outcome, reason } = of;
  if (outcome === 'sent') return words.sent;
  if (outcome === 'delivered') return channel === 'telephone' ? words.answered : words.delivered;
  if (reason === NOT_SET_UP) return words.notSetUp;
  return <b>{words.failed(reason === undefined ? undefined : (halfIn(reason, language) ?? reason))}</b>;
}
