import type { LampOverrideChanged } from '@siaga/contracts';
import { useWho } from '../../alarms/who.tsx';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import '../work-orders/jobs.css';

type Line = Pick<LampOverrideChanged, 'levelPercent' | 'by' | 'untilMs' | 'phase' | 'tally'>;

/** What was switched, by whom, how long still, and how far it came. */
export function OverrideLine({ override }: { override: Line }) {
  const { text, format } = useSpeech();
  const words = text.control;
  const nowMs = useNow();
  const { levelPercent, by, untilMs, phase } = override;
  const who = useWho(by);
  return (
    <>
      <p className="job-head">
        <strong>{words.levels(levelPercent, format.number(levelPercent))}</strong>
        <em className="tag" data-tone={phase === 'active' ? undefined : 'calm'}>
          {words.phases[phase]}
        </em>
      </p>
      <p className="job-facts">
        {[
          who,
          phase === 'restoring' && nowMs < untilMs
            ? words.backByItself(format.moment(untilMs, nowMs))
            : words.until(format.moment(untilMs, nowMs)),
          phase === 'active' && words.left(format.duration(untilMs - nowMs)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <TallyLine override={override} />
    </>
  );
}

/** `12 terbukti · 1 gagal`; what there is none of is left out. */
function TallyLine({ override: { tally, phase } }: { override: Line }) {
  const { text, format } = useSpeech();
  // of the way back, once it is ended
  const way = phase === 'active' ? '' : `${text.control.restored}: `;
  const parts = (Object.keys(tally) as (keyof typeof tally)[]).filter((name) => tally[name] > 0);
  return (
    <p className="job-facts" role="status">
      {parts.length > 0 && way}
      {parts.map((name) => `${format.number(tally[name])} ${text.control.tally[name]}`).join(' · ')}
    </p>
  );
}
