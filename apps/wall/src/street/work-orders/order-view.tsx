import { GetWorkOrder, PlanWorkOrder, WorkOrderChanged, type WorkOrder, type WorkStop } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { useLatest } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { BackButton } from '../../room/back-button.tsx';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { JOBS } from '../kinds.ts';
import { OrderSteps } from './order-steps.tsx';

/** One work order: where the crew goes, and what happens next. */
export function OrderView({ workOrderId }: { workOrderId: string }) {
  const { text } = useSpeech();
  const { show } = useFocus();
  const may = useMay();
  const version = useLatest(WorkOrderChanged).get(workOrderId)?.data.version;
  const ask = useCallback(
    (signal: AbortSignal) => call(GetWorkOrder, { params: { workOrderId } }, { signal }).then((order) => ({ order, version })), // prettier-ignore
    [workOrderId, version],
  );
  const { answer, failure, again } = useAsked(ask);
  return (
    <>
      <BackButton
        onBack={() => {
          show(JOBS, 'orders');
        }}
      >
        {text.jobs.back}
      </BackButton>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer !== undefined && <OrderFacts order={answer.order} />}
      {answer !== undefined && may(PlanWorkOrder) && <OrderSteps order={answer.order} onDone={again} />}
    </>
  );
}

function OrderFacts({ order }: { order: WorkOrder }) {
  const { text, format } = useSpeech();
  const words = text.jobs;
  const { workOrderId, status, crew, plannedOn, stops, straightLineM, photos } = order;
  const facts = [
    words.orderStatuses[status],
    crew,
    plannedOn,
    words.stops(format.number(stops.length), format.number(straightLineM / 1000, 1)),
    photos.length > 0 && words.photos(format.number(photos.length)),
  ];
  return (
    <>
      <h3>{workOrderId}</h3>
      <p className="job-facts" role="status">
        {facts.filter(Boolean).join(' · ')}
      </p>
      <ol className="job-stops">
        {stops.map((stop, at) => (
          <li key={at}>{stopIn(stop, words)}</li>
        ))}
      </ol>
      {photos.length > 0 && (
        <div className="job-photos">
          {photos.map(({ hash }) => (
            <img key={hash} alt={words.photo} src={`/api/street/work-orders/${workOrderId}/photos/${hash}`} />
          ))}
        </div>
      )}
      <a href={`/api/street/work-orders/${workOrderId}/sheet`} target="_blank" rel="noreferrer">
        {words.sheet}
      </a>
    </>
  );
}

function stopIn(
  { poleNumber, lampId, panelId, road, troubles }: WorkStop,
  words: ReturnType<typeof useSpeech>['text']['jobs'],
) {
  const name = poleNumber ?? lampId ?? panelId ?? words.somewhere;
  return [name, road, ...troubles.map((trouble) => words.troubles[trouble])].filter(Boolean).join(' · ');
}
