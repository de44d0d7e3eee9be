import { AddPatrolPhoto, CheckIn, EndPatrol, ReportFinding, StartPatrol, type RequestOf } from '@siaga/contracts';
import { call, pressKey } from '../city/api.ts';
import { StepQueue, type QueueState } from './step-queue.ts';
import { useKept } from './use-kept.ts';

/** The same as for steps, and time for a picture of 400 kB at 30 kbit/s: 107 s. */
const SENT_WITHIN_MS = 120_000;

type Said =
  | { what: 'start'; body: RequestOf<typeof StartPatrol>['body'] }
  | { what: 'check-in'; body: RequestOf<typeof CheckIn>['body'] }
  | { what: 'report'; body: RequestOf<typeof ReportFinding>['body'] }
  | { what: 'photo'; body: RequestOf<typeof AddPatrolPhoto>['body'] }
  | { what: 'end'; body: RequestOf<typeof EndPatrol>['body'] };

/** What a squad pressed on its round, and when. */
export type PatrolPress = Said & { key: string; patrolId: string };

/** Presses of a squad on this phone. */
export interface PatrolQueue {
  state: QueueState<PatrolPress>;
  /** Stamped with the city's time, and kept until the city has it. */
  press: (patrolId: string, said: Said) => void;
  /** Somebody has read why it was refused. */
  understood: (key: string) => void;
}

/** What a squad pressed on this phone, and how to press. */
export function usePatrolQueue(principalId: string, nowMs: () => number): PatrolQueue {
  const { queue, state } = useKept(() => new StepQueue<PatrolPress>(`patrol.${principalId}`, localStorage, sent));
  return {
    state,
    press: (patrolId, said) => {
      const body = { ...said.body, atMs: nowMs() };
      queue.press({ ...said, body, key: pressKey(), patrolId } as PatrolPress);
    },
    understood: (key) => {
      queue.understood(key);
    },
  };
}

function sent({ key, patrolId, ...said }: PatrolPress): Promise<unknown> {
  const params = { patrolId };
  const once = { idempotencyKey: key, signal: AbortSignal.timeout(SENT_WITHIN_MS) };
  switch (said.what) {
    case 'start':
      return call(StartPatrol, { body: said.body }, once);
    case 'check-in':
      return call(CheckIn, { params, body: said.body }, once);
    case 'report':
      return call(ReportFinding, { params, body: said.body }, once);
    case 'photo':
      return call(AddPatrolPhoto, { params, body: said.body }, once);
    case 'end':
      return call(EndPatrol, { params, body: said.body }, once);
  }
}
