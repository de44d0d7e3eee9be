import { AssignmentStatus, BeginBooking, EndBooking, StepUnit } from '@siaga/contracts';
import { useState } from 'react';
import { call, pressKey } from '../city/api.ts';
import { furthest } from './next-steps.ts';
import { StepQueue, type QueuedStep, type QueueState } from './step-queue.ts';
import type { QueuedTrip } from './trip-ahead.ts';
import { useKept } from './use-kept.ts';

const Said = AssignmentStatus.exclude(['dispatched', 'diverted', 'cancelled']);
type Said = (typeof Said.options)[number];

/** On a network that swallows it a press is sent again after so long, ms: under its key it is the same one. */
const SENT_WITHIN_MS = 20_000;

/** What a crew presses: steps of its job, and of its bookings; in one queue, because they happen in one order. */
export type Press = QueuedStep | QueuedTrip;

/** Presses of a crew on this phone. */
export interface Queue {
  state: QueueState<Press>;
  /** How far a job is: as the city shows it, or further, by what was pressed here and not shown by the city yet. */
  statusOf: (job: { assignmentId: string; status: AssignmentStatus }) => AssignmentStatus;
  press: (at: Assigned, status: Said, reason?: string) => void;
  pressTrip: (bookingId: string, what: QueuedTrip['what']) => void;
  /** Somebody has read why it was refused. */
  understood: (key: string) => void;
}

/** What a crew pressed on this phone, and how to press. */
export function useQueue(principalId: string, nowMs: () => number): Queue {
  // what the city took is shown by it a moment later: until then the button before would be back
  const [taken, setTaken] = useState<Press>();
  const send = async (press: Press) => {
    await sent(press);
    setTaken(press);
  };
  const { queue, state } = useKept(() => new StepQueue<Press>(principalId, localStorage, send));
  return {
    state,
    statusOf: ({ assignmentId, status }) => {
      const pressed = taken === undefined ? state.waiting : [taken, ...state.waiting];
      const ofJob = pressed
        .filter((press) => 'assignmentId' in press)
        .filter((step) => step.assignmentId === assignmentId);
      return furthest(
        status,
        ofJob.map((step) => step.status as AssignmentStatus),
      );
    },
    press: ({ unitId, assignmentId }, status, reason) => {
      const said = { key: pressKey(), unitId, assignmentId, status, atMs: nowMs() };
      queue.press(reason === undefined ? said : { ...said, reason });
    },
    pressTrip: (bookingId, what) => {
      queue.press({ key: pressKey(), bookingId, what, atMs: nowMs() });
    },
    understood: (key) => {
      queue.understood(key);
    },
  };
}

interface Assigned {
  unitId: string;
  assignmentId: string;
}

function sent(press: Press): Promise<unknown> {
  const { key, atMs } = press;
  const once = { idempotencyKey: key, signal: AbortSignal.timeout(SENT_WITHIN_MS) };
  if ('bookingId' in press) {
    const { bookingId, what } = press;
    return call(what === 'begin' ? BeginBooking : EndBooking, { params: { bookingId }, body: { atMs } }, once);
  }
  const { unitId, assignmentId, status, reason } = press;
  const body = { assignmentId, status: Said.parse(status), atMs, ...(reason !== undefined && { reason }) };
  return call(StepUnit, { params: { unitId }, body }, once);
}
