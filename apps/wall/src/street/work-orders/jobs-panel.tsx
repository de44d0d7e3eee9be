import { Choice } from '../../room/choice.tsx';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { JOBS } from '../kinds.ts';
import { ReportsView } from '../reports/reports-view.tsx';
import './jobs.css';
import { OrderView } from './order-view.tsx';
import { OrdersView } from './orders-view.tsx';

const tabs = ['reports', 'orders'] as const;

/** What people reported, and what crews are sent to do about it. */
export default function JobsPanel({ focusKey }: { focusKey: string }) {
  const { text } = useSpeech();
  const { show } = useFocus();
  const [view, workOrderId] = focusKey.split('/');
  const shown = view === 'orders' || view === 'order' ? 'orders' : 'reports';
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
        {shown === 'orders' && workOrderId === undefined && <OrdersView />}
        {workOrderId !== undefined && <OrderView key={workOrderId} workOrderId={workOrderId} />}
      </div>
    </Panel>
  );
}
