import { ListStreetReports, MakeStreetReport } from '@siaga/contracts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { JOBS } from '../kinds.ts';
import { useStreet } from '../street-context.tsx';
import { useWaitingReports } from './waiting-reports.ts';

/** How many reports wait; opens them, or takes one down. Not on screens that nobody operates, nor where there are no lamps. */
export function JobsLight() {
  const { text, format } = useSpeech();
  const { focus, show, close } = useFocus();
  const may = useMay();
  const waiting = useWaitingReports();
  const { registered } = useStreet().lamps.counts;
  const sees = may(ListStreetReports);
  const lists = sees && waiting.length > 0;
  // who answers calls elsewhere sees no lamps, and takes reports of them all the same
  const takes = may(MakeStreetReport) && (registered > 0 || !sees);
  if (!lists && !takes) return null;
  return (
    <button
      type="button"
      className="system-light"
      aria-expanded={focus?.kind === JOBS}
      onClick={() => {
        if (focus?.kind === JOBS) close();
        else show(JOBS, lists ? 'reports' : 'new');
      }}
    >
      {lists ? text.jobs.light(format.number(waiting.length)) : text.jobs.lightEmpty}
    </button>
  );
}
