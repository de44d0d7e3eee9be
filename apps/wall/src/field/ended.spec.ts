import { expect, it } from '@jest/globals';
import type { AssignmentStatus, IncidentChanged, UnitChanged } from '@siaga/contracts';
import { endedOf } from './ended.ts';

const assignment = (assignmentId: string, status: AssignmentStatus, atMs: number, unitId = 'AMB-1') => ({
  ...{
    assignmentId,
    unitId,
    unitName: 'Ambulans Satu',
    status,
    atMs: { [status]: atMs },
    reason: 'salah alamat',
    seq: 2,
  },
});
const incident = (...assignments: ReturnType<typeof assignment>[]): IncidentChanged => ({
  ...{ incidentId: 'INS-00000001', status: 'active', level: 1, callIds: [], merged: [], agencies: [], assignments },
  ...{ times: {}, openedAtMs: 1, changedAtMs: 1, version: 1 },
});
const unit: UnitChanged = {
  ...{ unitId: 'AMB-1', name: 'Ambulans Satu', unitClass: 'ambulance', capabilities: [], agency: 'dinkes' },
  ...{ answers: 'base', duty: 'on', dutySaid: { by: 'andi', atMs: 100 }, crew: [], availability: 'Available' },
  ...{ changedAtMs: 1, version: 1 },
};

it('tells the last job that somebody else ended in this shift, also where another has begun', () => {
  const told = incident(
    ...[assignment('TGS-00000001', 'cancelled', 50), assignment('TGS-00000002', 'diverted', 150)],
    ...[assignment('TGS-00000003', 'clear', 300), assignment('TGS-00000004', 'cancelled', 400, 'AMB-2')],
  );
  expect(endedOf(unit, [told])).toMatchObject({ assignmentId: 'TGS-00000002', reason: 'salah alamat' });
  expect(endedOf(unit, [incident(assignment('TGS-00000001', 'cancelled', 50))])).toBeUndefined();
});
