import { expect, it } from '@jest/globals';
import { patientsOf, type Patient } from './patients-of.ts';

const nowMs = 10 * 3_600_000;
const patient = (requestId: string, over: Partial<Patient> = {}): Patient => ({
  ...{ requestId, incidentId: 'INS-00000001', bedClass: 'igd', status: 'held', requested: { by: 'ani', atMs: 1000 } },
  ...{ expiresAtMs: 2000, ...over },
});
const read = { acknowledged: { by: 'igd', atMs: 1500 } };
const ended = (atMs: number) => ({ ended: { by: 'ani', atMs } });

it('has who is unread first, who is handed over no more, and who was called off for two hours', () => {
  const { coming, calledOff } = patientsOf(
    {
      requests: [
        patient('read', read),
        patient('there', { ...read, status: 'arrived' }),
        patient('new', { requested: { by: 'ani', atMs: 9000 } }),
        patient('over', { status: 'handed-over' }),
        patient('off', { status: 'cancelled', ...ended(nowMs - 3_600_000) }),
        patient('off long ago', { status: 'expired', ...ended(nowMs - 3 * 3_600_000) }),
      ],
    },
    nowMs,
  );
  expect(coming.map(({ requestId }) => requestId)).toEqual(['new', 'read', 'there']);
  expect(calledOff.map(({ requestId }) => requestId)).toEqual(['off']);
});
