import type { AlarmLogged } from '@siaga/contracts';
import { useSpeech } from '../../text/speech.tsx';
import { Who } from '../who.tsx';

/** As many of the last steps as one reads at a glance; what was before is folded away. */
const lastShown = 12;

/** What happened to an alarm, oldest first. */
export function Timeline({ steps }: { steps: readonly AlarmLogged[] }) {
  const { text, format } = useSpeech();
  const before = steps.slice(0, -lastShown);
  return (
    <section className="alarm-part">
      <h3>{text.alarms.timeline}</h3>
      {before.length > 0 && (
        <details>
          <summary>{text.alarms.more(format.number(before.length))}</summary>
          <Steps steps={before} />
        </details>
      )}
      <Steps steps={steps.slice(-lastShown)} />
    </section>
  );
}

function Steps({ steps }: { steps: readonly AlarmLogged[] }) {
  const { text, format } = useSpeech();
  return (
    <ol className="timeline">
      {steps.map((step) => (
        <li key={step.seq} data-step={step.step}>
          <time>{format.timeWithSeconds(step.atMs)}</time>
          <p>
            <strong>{text.alarms.steps[step.step]}</strong> <Detail step={step} />
            <span className="second">
              {' '}
              · <Who actor={step.by} />
            </span>
            {step.reason !== undefined && <q>{step.reason}</q>}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** What a step is about beyond its name. */
function Detail({ step }: { step: AlarmLogged }) {
  const { text, format } = useSpeech();
  const { alarms: words } = text;
  switch (step.step) {
    case 'raised':
    case 'worsened':
    case 'eased':
    case 'reopened':
      return <span>{words.severities[step.severity].toLowerCase()}</span>;
    case 'assigned':
      if (step.assignee === undefined) return <span>{words.toNobody}</span>;
      return (
        <span>
          {words.to} <Who actor={step.assignee} />
        </span>
      );
    case 'shelved':
      return step.untilMs === undefined ? null : <span>{words.until(format.time(step.untilMs))}</span>;
    case 'escalated':
      return step.times === undefined ? null : <span>{words.times(format.number(step.times))}</span>;
    case 'cleared':
      return step.clearedBy === 'absorbed' ? <span>{words.absorbed}</span> : null;
    default:
      return null;
  }
}
