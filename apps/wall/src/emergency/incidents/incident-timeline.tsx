import type { IncidentLogged } from '@siaga/contracts';
import { Who } from '../../alarms/who.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';

/** As many of the last lines as one reads at a glance. */
const lastShown = 15;

/** Everything that happened to an incident, its calls and its units, oldest first. */
export function IncidentTimeline({ lines }: { lines: readonly IncidentLogged[] }) {
  const { text, format } = useSpeech();
  const before = lines.slice(0, -lastShown);
  return (
    <section className="incident-part">
      <h3>{text.emergency.timeline}</h3>
      {before.length > 0 && (
        <details>
          <summary>{text.alarms.more(format.number(before.length))}</summary>
          <Lines lines={before} />
        </details>
      )}
      <Lines lines={lines.slice(-lastShown)} />
    </section>
  );
}

function Lines({ lines }: { lines: readonly IncidentLogged[] }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { unit } = useBoard();
  return (
    <ol className="timeline">
      {lines.map((line) => (
        <li key={line.entryId} data-step={line.step}>
          <time>{format.timeWithSeconds(line.atMs)}</time>
          <p>
            <strong>{words.steps[line.step]}</strong>{' '}
            {[
              line.unitId !== undefined && (unit(line.unitId)?.name ?? line.unitId),
              line.agency !== undefined && text.session.agencies[line.agency],
              line.level !== undefined && `L${String(line.level)}`,
              line.tag !== undefined && words.tags[line.tag],
            ]
              .filter(Boolean)
              .join(' · ')}
            <span className="second">
              {' '}
              · <Who actor={line.by} />
              {line.onBehalf === true && ` · ${words.onBehalf}`}
              {line.channel !== undefined && ` · ${words.via} ${words.channels[line.channel]}`}
            </span>
            {line.words !== undefined && <q>{line.words}</q>}
          </p>
        </li>
      ))}
    </ol>
  );
}
