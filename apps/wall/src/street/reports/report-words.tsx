import { DismissStreetReport, GetStreetReport, type StreetReportChanged } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';

/** What people said of one report, asked for when somebody wants to know; and the answer that closes it. */
export function ReportWords({ report }: { report: StreetReportChanged }) {
  const { text } = useSpeech();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may(GetStreetReport)) return null;
  return (
    <>
      <button
        type="button"
        className="quiet"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {text.jobs.words}
      </button>
      {isOpen && <Voices reportId={report.reportId} times={report.times} />}
      {isOpen && report.workOrderId === undefined && <Dismissal reportId={report.reportId} />}
    </>
  );
}

function Voices({ reportId, times }: { reportId: string; times: number }) {
  const { text, format } = useSpeech();
  const words = text.jobs;
  const nowMs = useNow();
  // asked again when one more person told
  const ask = useCallback(
    (signal: AbortSignal) => call(GetStreetReport, { params: { reportId } }, { signal }).then((answer) => ({ ...answer, times })), // prettier-ignore
    [reportId, times],
  );
  const { answer, failure } = useAsked(ask);
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  return (
    <ul className="job-voices">
      {answer?.voices.map(({ source, atMs, text: said, reporterName, reporterPhone }, at) => (
        <li key={at}>
          <p className="job-facts">
            {[format.moment(atMs, nowMs), words.sources[source], reporterName, reporterPhone]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p className="job-said">{said ?? words.nothingSaid}</p>
        </li>
      ))}
    </ul>
  );
}

function Dismissal({ reportId }: { reportId: string }) {
  const { text } = useSpeech();
  const words = text.jobs;
  const [answer, setAnswer] = useState('');
  const { busy, failure, run } = usePress();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          await send(DismissStreetReport, { params: { reportId }, body: { answer } });
        });
      }}
    >
      <Field
        label={words.answer}
        required
        maxLength={300}
        value={answer}
        onChange={({ target }) => {
          setAnswer(target.value);
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" disabled={busy || answer.trim() === ''}>
        {words.dismiss}
      </button>
    </form>
  );
}
