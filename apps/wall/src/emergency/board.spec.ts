import { expect, it } from '@jest/globals';
import type { CallChanged } from '@siaga/contracts';
import { boardOf } from './board.ts';

const call = (callId: string, status: CallChanged['status'], startedAtMs: number): CallChanged => ({
  ...{ callId, source: '112', status, startedAtMs, changedAtMs: startedAtMs, version: 1 },
});

it('shows calls until somebody has taken or closed them: nobody answered is somebody to ring back, oldest first', () => {
  const calls = [
    call('TLP-00000001', 'call-back', 30),
    call('TLP-00000002', 'done', 1),
    call('TLP-00000003', 'unanswered', 20),
    call('TLP-00000004', 'ringing', 50),
    call('TLP-00000005', 'talking', 40),
    call('TLP-00000006', 'unanswered', 35),
  ];
  const known = new Map(calls.map((data) => [data.callId, { data, exercise: false }]));
  const board = boardOf({ calls: known, incidents: new Map(), units: new Map() });
  expect(board.calls.map(({ callId }) => callId.slice(-1)).join('')).toBe('45316');
});
