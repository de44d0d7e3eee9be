import { expect, it } from '@jest/globals';
import type { AuditedAction } from '@siaga/contracts';
import { folded } from './folded.ts';

let seq = 100;
const did = (over: Partial<AuditedAction>): AuditedAction => ({
  ...{ seq: seq--, attemptId: `attempt-${String(seq)}`, atMs: 1_790_000_000_000 + seq, action: 'audit.actions.list' },
  ...{ principalId: 'dewi', principalKind: 'person', subjects: ['audit:all'], exercise: false, correlation: 'c-1' },
  ...{ outcome: 'done', ...over },
});

it('readings of the trail one after the other are one row, with all that was read', () => {
  const readings = [did({}), did({ subjects: ['audit:truck:T1'] }), did({})];
  expect(folded(readings)).toEqual([{ action: readings[0], times: 3, subjects: ['audit:all', 'audit:truck:T1'] }]);
});

it('what somebody else read, what was refused, and what was done between stay rows of their own', () => {
  const actions = [
    did({}),
    did({ principalId: 'sari' }),
    did({ principalId: 'sari', outcome: 'refused' }),
    did({ action: 'identity.people.change', subjects: ['person:p1'] }),
    did({ action: 'identity.people.change', subjects: ['person:p1'] }),
    did({}),
  ];
  expect(folded(actions).map(({ action, times }) => [action.seq, times])).toEqual(actions.map(({ seq }) => [seq, 1]));
});
