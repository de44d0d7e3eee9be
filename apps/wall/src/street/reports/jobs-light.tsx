import { ListStreetReports } from '@siaga/contracts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { JOBS } from '../kinds.ts';
import { useWaitingReports } from './waiting-reports.ts';

/** How many reports wait; opens them. Not on screens that nobody operates, and not before anybody reported anything. */
export function JobsLight() {
  const { text, format } = useSpeech();
  const { focus, show, close } = useFocus();
  const may = useMay();
  const waiting = useWaitingReports();
  if (waiting.length === 0 || !may(ListStreetReports)) return null;
  return (
    <button
      type="button"
      className="system-light"
      aria-expanded={focus?.kind === JOBS}
      onClick={() => {
        if (focus?.kind === JOBS) close();
        else show(JOBS, 'reports');
      }}
    >
      {text.jobs.light(format.number(waiting.length))}
    </button>
  );
}
