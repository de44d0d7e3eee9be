import { ListStreetReports, MakeStreetReport } from '@siaga/contracts';
import { Choice } from '../../room/choice.tsx';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { JOBS } from '../kinds.ts';
import { NewReport } from '../reports/new-report.tsx';
import { ReportsView } from '../reports/reports-view.tsx';
import './jobs.css';
import { OrderView } from './order-view.tsx';
import { OrdersView } from './orders-view.tsx';

/** What people reported, what crews are sent to do about it, and what somebody tells just now. */
export default function JobsPanel({ focusKey }: { focusKey: string }) {
  const { text } = useSpeech();
  const { show } = useFocus();
  const may = useMay();
  const [view, id] = focusKey.split('/');
  const tabs = [
    ...(may(ListStreetReports) ? (['reports', 'orders'] as const) : []),
    ...(may(MakeStreetReport) ? (['new'] as const) : []),
  ];
  const shown = tabs.find((tab) => tab === (view === 'order' ? 'orders' : view)) ?? tabs[0];
  return (
    <Panel title={text.jobs.title}>
      <div className="jobs">
        <Choice
          label={text.jobs.title}
          options={tabs}
          chosen={shown}
          onChoose={(tab) => {
            show(JOBS, tab);
          }}
        >
          {(tab) => text.jobs[tab]}
        </Choice>
        {shown === 'reports' && <ReportsView />}
        {shown === 'orders' && id === undefined && <OrdersView />}
        {shown === 'orders' && id !== undefined && <OrderView key={id} workOrderId={id} />}
        {shown === 'new' && <NewReport lampId={id} />}
      </div>
    </Panel>
  );
}
