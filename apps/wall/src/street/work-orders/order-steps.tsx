import { BeginWorkOrder, CancelWorkOrder, PlanWorkOrder, type WorkOrder } from '@siaga/contracts';
import { useState } from 'react';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { FinishForm } from './finish-form.tsx';

interface StepProps {
  order: WorkOrder;
  onDone: () => void;
}

/** What may happen next to a work order. */
export function OrderSteps({ order, onDone }: StepProps) {
  const { status } = order;
  if (status === 'done' || status === 'cancelled') return null;
  return (
    <>
      {(status === 'draft' || status === 'scheduled') && <PlanForm order={order} onDone={onDone} />}
      {status === 'scheduled' && <BeginButton order={order} onDone={onDone} />}
      {status === 'under-way' && <FinishForm order={order} onDone={onDone} />}
      <CancelForm order={order} onDone={onDone} />
    </>
  );
}

function PlanForm({ order, onDone }: StepProps) {
  const words = useSpeech().text.jobs;
  const [crew, setCrew] = useState(order.crew ?? '');
  const [plannedOn, setPlannedOn] = useState(order.plannedOn ?? '');
  const { busy, failure, run } = usePress();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          const params = { workOrderId: order.workOrderId };
          await send(PlanWorkOrder, { params, body: { crew, plannedOn } });
          onDone();
        });
      }}
    >
      <Field
        label={words.crew}
        required
        maxLength={60}
        value={crew}
        onChange={({ target }) => {
          setCrew(target.value);
        }}
      />
      <Field
        label={words.day}
        type="date"
        required
        value={plannedOn}
        onChange={({ target }) => {
          setPlannedOn(target.value);
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || crew.trim() === '' || plannedOn === ''}>
        {words.plan}
      </button>
    </form>
  );
}

function BeginButton({ order, onDone }: StepProps) {
  const words = useSpeech().text.jobs;
  const { busy, failure, run } = usePress();
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button
        type="button"
        className="strong"
        disabled={busy}
        onClick={() => {
          run(async (send) => {
            const params = { workOrderId: order.workOrderId };
            await send(BeginWorkOrder, { params });
            onDone();
          });
        }}
      >
        {words.begin}
      </button>
    </>
  );
}

function CancelForm({ order, onDone }: StepProps) {
  const words = useSpeech().text.jobs;
  const [reason, setReason] = useState('');
  const { busy, failure, run } = usePress();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          const params = { workOrderId: order.workOrderId };
          await send(CancelWorkOrder, { params, body: { reason } });
          onDone();
        });
      }}
    >
      <Field
        label={words.cancelReason}
        maxLength={300}
        value={reason}
        onChange={({ target }) => {
          setReason(target.value);
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" disabled={busy || reason.trim() === ''}>
        {words.cancel}
      </button>
    </form>
  );
}
