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
        <div className="choice" role="group" aria-label={text.jobs.title}>
          {tabs.map((tab) => (
            <button
              type="button"
              key={tab}
              aria-pressed={tab === shown}
              onClick={() => {
                show(JOBS, tab);
              }}
            >
              {text.jobs[tab]}
            </button>
          ))}
        </div>
        {shown === 'reports' && <ReportsView />}
        {shown === 'orders' && workOrderId === undefined && <OrdersView />}
        {workOrderId !== undefined && <OrderView key={workOrderId} workOrderId={workOrderId} />}
      </div>
    </Panel>
  );
}
