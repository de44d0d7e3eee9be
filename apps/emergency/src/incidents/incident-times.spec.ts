import { expect, it } from '@jest/globals';
import { AssignmentStatus, type AssignmentChanged } from '@siaga/contracts';
import fc from 'fast-check';
import { firstOfEach, statusOf, timesOf, withAssignment } from './incident-times.ts';
import { assignmentAt } from './incident.harness.ts';

/** What units say one after another: each assignment counts up, whatever stamps it brings. */
const histories = fc
  .array(
    fc.array(fc.tuple(fc.constantFrom(...AssignmentStatus.options), fc.nat(10_000)), { minLength: 1, maxLength: 5 }),
    { minLength: 1, maxLength: 3 },
  )
  .map((units) =>
    units.flatMap((steps, unit) => {
      let atMs: AssignmentChanged['atMs'] = {};
      return steps.map(([status, stamp], at) => {
        atMs = { ...atMs, [status]: Math.min(stamp, atMs[status] ?? Infinity) };
        return assignmentAt(status, { assignmentId: `TGS-0000000${String(unit)}`, seq: at + 1, atMs });
      });
    }),
  );

it('says the same in whatever order and however often it was told', () => {
  const told = histories.chain((said) =>
    fc.tuple(fc.constant(said), fc.shuffledSubarray([...said, ...said], { minLength: said.length * 2 })),
  );
  fc.assert(
    fc.property(told, ([said, shuffled]) => {
      const heard = (all: AssignmentChanged[]) => all.reduce(withAssignment, []);
      expect(heard(shuffled)).toEqual(heard(said));
      expect(statusOf(heard(shuffled))).toBe(statusOf(heard(said)));
    }),
  );
});

it('has the first stamp of each kind, over calls, units and what was merged into it', () => {
  const assignments = [
    assignmentAt('on-scene', { atMs: { dispatched: 50, 'en-route': 70, 'on-scene': 90 } }),
    assignmentAt('clear', { assignmentId: 'TGS-00000002', atMs: { dispatched: 60, 'en-route': 65, clear: 200 } }),
  ];
  const calls = [20, 10, undefined].map((answeredAtMs, at) => ({
    ...{ callId: `TLP-0000000${String(at)}`, incidentId: 'INS-00000001', answeredAtMs },
  }));
  const timesOfMerged = { locatedAtMs: 5, onSceneAtMs: 80 };
  expect(timesOf({ calls, assignments, triagedAtMs: 40, locatedAtMs: 30, timesOfMerged })).toEqual({
    ...{ answeredAtMs: 10, locatedAtMs: 5, triagedAtMs: 40, dispatchedAtMs: 50, enRouteAtMs: 65 },
    ...{ onSceneAtMs: 80, clearAtMs: 200 },
  });
  expect(firstOfEach([])).toEqual({});
});

it('is as far as its unit that is furthest, and waits when none is on it', () => {
  const ofUnits = (...statuses: AssignmentStatus[]) => statusOf(statuses.map((status) => assignmentAt(status)));
  expect(ofUnits()).toBe('active');
  expect(ofUnits('dispatched', 'accepted')).toBe('assigned');
  expect(ofUnits('dispatched', 'en-route')).toBe('en-route');
  expect(ofUnits('at-hospital', 'dispatched')).toBe('on-scene');
  expect(ofUnits('clear', 'declined', 'cancelled', 'diverted')).toBe('active');
});
