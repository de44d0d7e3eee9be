import { AssignmentStatus, StepUnit } from '@siaga/contracts';
import { call, pressKey } from '../city/api.ts';
import { useCityNow } from '../link/use-live.ts';
import { useMe } from '../session/session-context.tsx';
import { StepQueue, type QueueState } from './step-queue.ts';
import { useKept } from './use-kept.ts';

const Said = AssignmentStatus.exclude(['dispatched', 'diverted', 'cancelled']);
type Said = (typeof Said.options)[number];

/** Presses of a crew on this phone. */
export interface Queue {
  state: QueueState;
  press: (at: Assigned, status: Said, reason?: string) => void;
}

/** What a crew pressed on this phone, and how to press. */
export function useQueue(): Queue {
  const me = useMe();
  const cityNow = useCityNow();
  const { queue, state } = useKept(
    () =>
      new StepQueue(me.principalId, localStorage, ({ key, unitId, assignmentId, status, atMs, reason }) =>
        call(
          StepUnit,
          {
            params: { unitId },
            body: { assignmentId, status: Said.parse(status), atMs, ...(reason !== undefined && { reason }) },
          },
          { idempotencyKey: key },
        ),
      ),
  );
  return {
    state,
    press: ({ unitId, assignmentId }, status, reason) => {
      const said = { key: pressKey(), unitId, assignmentId, status, atMs: cityNow() };
      queue.press(reason === undefined ? said : { ...said, reason });
    },
  };
}

interface Assigned {
  unitId: string;
  assignmentId: string;
}
