import { describe, expect, it } from '@jest/globals';
import { ResponseInterval } from '@siaga/contracts';
import fc from 'fast-check';
import { assignmentAt, incidentWith } from '../incidents/incident.harness.ts';
import { activityOf } from './activity-rules.ts';
import type { CallOfMonth } from './month-cases.ts';
import { casesOf, figuresOf, groupOf } from './month-rules.ts';

const MINUTE_MS = 60_000;
const startMs = 1_000_000;

const call = (over: Partial<CallOfMonth> = {}): CallOfMonth => ({
  ...{ _id: 'TLP-00000001', status: 'done', startedAtMs: startMs, answeredAtMs: startMs + 8000 },
  ...{ disposition: 'emergency', telephone: { ringing: startMs }, ...over },
});
const caller = { callId: 'TLP-00000001', incidentId: 'INS-00000001', answeredAtMs: startMs + 8000 };
const closed = { status: 'closed', disposition: 'handled', openedAtMs: startMs, calls: [caller] } as const;
const atMs = (steps: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(steps).map(([status, minutes]) => [status, startMs + minutes * MINUTE_MS]));
/** An incident one ambulance came to after so many minutes. */
const cameAfter = (minutes: number, over = {}) =>
  incidentWith({
    ...{ ...closed, calls: [caller] },
    assignments: [
      assignmentAt('clear', { atMs: atMs({ dispatched: 2, accepted: 3, 'on-scene': minutes, clear: 60 }) }),
    ],
    ...over,
  });
const figures = (incidents: ReturnType<typeof incidentWith>[], calls = [call()]) => {
  const books = { incidents, calls, fromMs: startMs };
  return figuresOf(books, casesOf(books));
};

describe('a month', () => {
  it('measures from the first call to the first unit on the scene, and counts what was under 15 minutes', () => {
    const { total } = figures([cameAfter(14.9), cameAfter(15), cameAfter(20)]);
    expect(total).toMatchObject({ incidents: 3, withinTarget: 1 });
    expect(total.intervals.response).toMatchObject({ measured: 3, notRecorded: 0, p50Ms: 15 * MINUTE_MS });
    expect(total.intervals.answer).toMatchObject({ measured: 3, p50Ms: 8000 });
  });

  it('says what must have happened and was not written down, and asks nothing of what never began', () => {
    const noScene = assignmentAt('clear', { atMs: atMs({ dispatched: 2, clear: 60 }) });
    const calledBack = assignmentAt('cancelled', { atMs: atMs({ dispatched: 2, cancelled: 3 }) });
    const { total, withoutUnit } = figures([
      cameAfter(10, { assignments: [noScene] }),
      cameAfter(10, { assignments: [calledBack], disposition: 'cancelled' }),
      cameAfter(10, { assignments: [], disposition: 'referred' }),
      cameAfter(10, { assignments: [noScene], status: 'on-scene', disposition: undefined }),
    ]);
    expect(total.intervals.response).toEqual({ measured: 0, notRecorded: 1, contradicting: 0 });
    expect(total.intervals['turn-out']).toMatchObject({ measured: 0, notRecorded: 1 });
    expect(total.intervals['to-hospital']).toEqual({ measured: 0, notRecorded: 0, contradicting: 0 });
    expect(withoutUnit).toBe(1);
  });

  it('counts nothing that a simulated unit did on a real incident', () => {
    const simulated = assignmentAt('clear', { isSimulated: true, atMs: atMs({ dispatched: 1, accepted: 2, 'on-scene': 3, clear: 4 }) }); // prettier-ignore
    const { total, withoutUnit } = figures([cameAfter(10, { assignments: [simulated] })]);
    expect(total.intervals.response.measured).toBe(0);
    expect(withoutUnit).toBe(1);
  });

  it('takes no ring for known that no telephone system told', () => {
    const { total, calls } = figures([cameAfter(10)], [call({ telephone: undefined })]);
    expect(total.intervals.answer).toEqual({ measured: 0, notRecorded: 1, contradicting: 0 });
    expect(calls.answer).toMatchObject({ measured: 0, notRecorded: 1 });
    expect(total.intervals.response.measured).toBe(1);
  });

  it('counts an event once: what was merged or closed as the same is no incident of its own', () => {
    const month = figures([
      cameAfter(10),
      cameAfter(5, { status: 'merged', mergedInto: 'INS-00000001' }),
      cameAfter(5, { disposition: 'duplicate' }),
    ]);
    expect(month).toMatchObject({ total: { incidents: 1 }, duplicates: 1, dispositions: { handled: 1 } });
  });

  it('keeps calls by category, also of the day before where an incident began', () => {
    const before = call({ _id: 'TLP-00000002', startedAtMs: startMs - 1, disposition: 'ghost' });
    const unanswered = call({ _id: 'TLP-00000003', answeredAtMs: undefined, disposition: undefined, status: 'unanswered' }); // prettier-ignore
    const { calls } = figures([], [before, call(), unanswered]);
    expect(calls).toMatchObject({ total: 2, unanswered: 1, byDisposition: { emergency: 1 }, notSaid: 1 });
  });

  it('adds up: every incident is in one kind and in one kelurahan, whatever stamps it has', () => {
    const minutes = fc.option(fc.integer({ min: -5, max: 60 }), { nil: undefined });
    const incident = fc.record({ scene: minutes, dispatched: minutes, kind: fc.constantFrom('fire', 'medical', undefined), area: fc.constantFrom('35.74.01.1001', undefined) }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(incident), (drawn) => {
        const made = drawn.map(({ scene, dispatched, kind, area }) =>
          cameAfter(0, {
            ...{ kind, place: area === undefined ? undefined : { kelurahanCode: area } },
            assignments: [assignmentAt('clear', { atMs: atMs({ ...(dispatched !== undefined && { dispatched }), ...(scene !== undefined && { 'on-scene': scene }) }) })], // prettier-ignore
          }),
        );
        const { total, byKind, byKelurahan } = figures(made);
        for (const groups of [byKind, byKelurahan]) {
          const sum = (count: (group: typeof total) => number) => groups.reduce((all, one) => all + count(one), 0);
          expect(sum(({ incidents }) => incidents)).toBe(made.length);
          expect(sum(({ withinTarget }) => withinTarget)).toBe(total.withinTarget);
          for (const name of ResponseInterval.options)
            expect(sum(({ intervals }) => intervals[name].measured)).toBe(total.intervals[name].measured);
        }
        const { measured, notRecorded, contradicting } = total.intervals.response;
        expect(measured + notRecorded + contradicting).toBe(made.length);
      }),
    );
  });

  it('of no incident is empty, not nought', () => {
    expect(groupOf([]).intervals.response).toEqual({ measured: 0, notRecorded: 0, contradicting: 0 });
  });
});

describe('the activity of a unit', () => {
  it('counts a job once, by what became of it, and how often nobody was in it', () => {
    const jobs = [
      cameAfter(10, { tag: 'red' }),
      cameAfter(10, { tag: 'green', assignments: [assignmentAt('declined', { assignmentId: 'TGS-00000002', atMs: atMs({ dispatched: 1, declined: 2 }) })] }), // prettier-ignore
      // heard of here, too, while they were merged
      cameAfter(10, { tag: 'red' }),
    ];
    const [unit] = activityOf({
      units: [],
      cases: casesOf({ incidents: jobs, calls: [call()], fromMs: startMs }),
      duties: {
        words: [{ unitId: 'AMB-1', atMs: startMs, duty: 'on', untilMs: startMs + 8 * 60 * MINUTE_MS }],
        skipped: ['AMB-1', 'AMB-2', 'AMB-1'],
      },
      span: { fromMs: startMs, toMs: startMs + 60 * MINUTE_MS },
    });
    expect(unit).toMatchObject({
      ...{ unitId: 'AMB-1', name: 'Ambulans 1', sent: 2, arrived: 1, declined: 1, urgent: 1, notUrgent: 1 },
      ...{ onDutyMs: 60 * MINUTE_MS, skippedWithoutCrew: 2 },
    });
  });
});
