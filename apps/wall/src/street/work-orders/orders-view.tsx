import { ListWorkOrders, WorkOrderChanged } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { useLatest } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { JOBS } from '../kinds.ts';

const MOST = 100;

/** Work orders that are neither done nor called off. */
export function OrdersView() {
  const { text, format } = useSpeech();
  const words = text.jobs;
  const { show } = useFocus();
  const heard = useLatest(WorkOrderChanged);
  const open = [...heard.values()].map(({ data }) => data).filter(({ status }) => status !== 'done' && status !== 'cancelled'); // prettier-ignore
  // crews are not in events: asked again when something happened to an order
  const happened = open.map(({ workOrderId, version }) => `${workOrderId}@${String(version)}`).join();
  const ask = useCallback(
    (signal: AbortSignal) => call(ListWorkOrders, { query: { open: 'true', limit: MOST } }, { signal }).then(({ items }) => ({ items, happened })), // prettier-ignore
    [happened],
  );
  const { answer, failure } = useAsked(ask);
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p>{words.noOrders}</p>}
      <ul className="job-rows" aria-label={words.orders}>
        {answer?.items.map(({ workOrderId, status, crew, plannedOn, stops, straightLineM }) => (
          <li key={workOrderId}>
            <button
              type="button"
              className="quiet"
              onClick={() => {
                show(JOBS, `order/${workOrderId}`);
              }}
            >
              <strong>{workOrderId}</strong>
            </button>
            <p className="job-facts">
              {[
                words.orderStatuses[status],
                crew,
                plannedOn,
                words.stops(format.number(stops.length), format.number(straightLineM / 1000, 1)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
