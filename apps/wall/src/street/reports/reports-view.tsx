import { MakeWorkOrder, type StreetReportChanged } from '@siaga/contracts';
import { useState } from 'react';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { JOBS } from '../kinds.ts';
import { ReportWords } from './report-words.tsx';
import { useWaitingReports } from './waiting-reports.ts';

/** Reports that wait; some of them together become a work order. */
export function ReportsView() {
  const { text, format } = useSpeech();
  const words = text.jobs;
  const { show } = useFocus();
  const may = useMay();
  const waiting = useWaitingReports();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { busy, failure, run } = usePress();
  const free = waiting.filter(({ workOrderId }) => workOrderId === undefined).map(({ reportId }) => reportId);
  const reportIds = free.filter((reportId) => chosen.has(reportId));
  const toggle = (reportId: string) => {
    setChosen((before) => (before.has(reportId) ? new Set([...before].filter((one) => one !== reportId)) : new Set([...before, reportId]))); // prettier-ignore
  };
  const make = () => {
    run(async (send) => {
      const { workOrderId } = await send(MakeWorkOrder, { body: { reportIds } });
      show(JOBS, `order/${workOrderId}`);
    });
  };
  return (
    <>
      {waiting.length === 0 && <p>{words.noReports}</p>}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {reportIds.length > 0 && (
        <button type="button" className="strong" disabled={busy} onClick={make}>
          {words.makeOrder(format.number(reportIds.length))}
        </button>
      )}
      <ul className="job-rows" aria-label={words.reports}>
        {waiting.map((report) => (
          <ReportRow
            key={report.reportId}
            report={report}
            isChosen={chosen.has(report.reportId)}
            {...(may(MakeWorkOrder) && report.workOrderId === undefined && { onToggle: toggle })}
          />
        ))}
      </ul>
    </>
  );
}

interface ReportRowProps {
  report: StreetReportChanged;
  isChosen: boolean;
  /** Absent: not to be chosen. */
  onToggle?: (reportId: string) => void;
}

function ReportRow({ report, isChosen, onToggle }: ReportRowProps) {
  const { text, format } = useSpeech();
  const words = text.jobs;
  const nowMs = useNow();
  const { show } = useFocus();
  const { reportId, trouble, lampId, isUnknownLamp, times, sources, firstAtMs, dueAtMs, status, workOrderId } = report;
  const name = `${words.troubles[trouble]} · ${lampId ?? words.somewhere}`;
  return (
    <li>
      <p className="job-head">
        {onToggle !== undefined && (
          <input
            type="checkbox"
            aria-label={words.choose(name)}
            checked={isChosen}
            onChange={() => {
              onToggle(reportId);
            }}
          />
        )}
        <strong>{name}</strong>
        {dueAtMs < nowMs && <em className="tag">{words.overdue}</em>}
      </p>
      <p className="job-facts">
        {[
          words.reportStatuses[status],
          words.times(format.number(times)),
          sources.map((source) => words.sources[source]).join(', '),
          words.ago(format.duration(ageMs(firstAtMs, nowMs))),
          isUnknownLamp && words.unknownLamp,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {workOrderId !== undefined && (
        <button
          type="button"
          className="quiet"
          onClick={() => {
            show(JOBS, `order/${workOrderId}`);
          }}
        >
          {workOrderId}
        </button>
      )}
      <ReportWords report={report} />
    </li>
  );
}
