import type { AssignmentChanged, AssignmentStatus } from '@siaga/contracts';
import type { StoredIncident } from './incident-document.ts';

/** An incident as the store has it, for specs of rules. */
export const incidentWith = (over: Partial<StoredIncident> = {}): StoredIncident => ({
  ...{ _id: 'INS-00000001', version: 1, status: 'active', level: 1, calls: [], assignments: [], merged: [] },
  ...{ told: [], agencies: [], timesOfMerged: {}, openedAtMs: 1000, changedAtMs: 1000, exercise: false, ...over },
});

/** A unit on it that has come so far. */
export const assignmentAt = (status: AssignmentStatus, over: Partial<AssignmentChanged> = {}): AssignmentChanged => ({
  ...{ assignmentId: 'TGS-00000001', incidentId: 'INS-00000001', unitId: 'AMB-1', unitName: 'Ambulans 1' },
  ...{ status, atMs: { dispatched: 2000 }, seq: 1, ...over },
});
