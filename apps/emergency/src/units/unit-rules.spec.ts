import { describe, expect, it } from '@jest/globals';
import { UnitChanged, type CrewMember } from '@siaga/contracts';
import { unitOf } from './unit-document.ts';
import type { Assignment, UnitNow } from './unit-now.ts';
import {
  availabilityOf,
  BACK_WITHIN_MS,
  lackOfCrew,
  LONGEST_DUTY_MS,
  offDuty,
  onDuty,
  overdue,
  wakeAtMsOf,
} from './unit-rules.ts';

const HOUR_MS = 3_600_000;
const actor = { by: 'desk', nowMs: HOUR_MS };
const driver: CrewMember = { principalId: 'siti', name: 'Siti', task: 'driver' };
const ambulance: UnitNow = {
  ...{ name: 'Ambulans Pilang', unitClass: 'ambulance', capabilities: ['transport'], agency: 'dinkes' },
  ...{ answers: 'on-call', duty: 'unreported', crew: [], changedAtMs: 0, exercise: false },
};
const manned: UnitNow = { ...ambulance, ...onDuty({ untilMs: 9 * HOUR_MS, crew: [driver] }, actor) };
const on = (status: Assignment['status'], further: Partial<Assignment> = {}): Assignment => ({
  ...{ assignmentId: 'TGS-00000001', incidentId: 'INS-00000001', unitId: 'AMB-1', unitName: 'Ambulans Pilang' },
  ...{ status, atMs: { dispatched: actor.nowMs }, seq: 1, alerts: [], answerByMs: 0, sentBy: 'desk' },
  ...further,
});

describe('duty', () => {
  it('is never ready by itself: unreported, on until then, and unreported again with nobody in it', () => {
    expect(availabilityOf(ambulance)).toBe('NotAvailable');
    expect(availabilityOf(manned)).toBe('Available');
    expect(wakeAtMsOf(manned)).toBe(9 * HOUR_MS);
    expect(overdue(manned, 9 * HOUR_MS - 1)).toBeUndefined();
    const after = { ...manned, ...overdue(manned, 9 * HOUR_MS) };
    expect(after).toMatchObject({ duty: 'unreported', crew: [] });
    expect([availabilityOf(after), lackOfCrew(after, 0), wakeAtMsOf(after)]).toEqual(['NotAvailable', 'unreported', undefined]); // prettier-ignore
  });

  it('is over at its end, also before the timer comes; what it is on goes on past it', () => {
    expect(lackOfCrew(manned, 9 * HOUR_MS)).toBe('unreported');
    const working = { ...manned, assignment: on('en-route') };
    expect(lackOfCrew(working, 10 * HOUR_MS)).toBeUndefined();
    expect(overdue(working, 10 * HOUR_MS)).toBeUndefined();
    // a crew that forgot its last press is not on duty for ever
    const forgotMs = 9 * HOUR_MS + BACK_WITHIN_MS;
    expect([wakeAtMsOf(working), lackOfCrew(working, forgotMs)]).toEqual([forgotMs, 'unreported']);
    const after = { ...working, ...overdue(working, forgotMs) };
    // it is offered to nobody, and its driver may still say that he is back
    expect([availabilityOf(after), after.assignment?.status, after.crew]).toEqual(['NotAvailable', 'en-route', [driver]]); // prettier-ignore
    expect([wakeAtMsOf(after), overdue(after, forgotMs + HOUR_MS)]).toEqual([undefined, undefined]);
    const back = { ...after, assignment: on('clear') };
    expect(wakeAtMsOf(back)).toBe(back.changedAtMs);
    expect(overdue(back, forgotMs + HOUR_MS)).toEqual({ crew: [], parked: undefined });
    const done = { ...manned, assignment: on('clear') };
    expect(wakeAtMsOf(done)).toBe(9 * HOUR_MS);
    expect(overdue(done, 10 * HOUR_MS)).toMatchObject({ duty: 'unreported' });
  });

  it('lasts a day at most, and not into the past', () => {
    const until = (untilMs: number) => () => onDuty({ untilMs, crew: [driver] }, actor);
    expect(until(actor.nowMs)).toThrow('sudah lewat');
    expect(until(actor.nowMs + LONGEST_DUTY_MS + 1)).toThrow('24 jam');
    expect(until(actor.nowMs + LONGEST_DUTY_MS)).not.toThrow();
  });

  it('does not end on an incident', () => {
    expect(() => offDuty({ ...manned, assignment: on('on-scene') }, {}, actor)).toThrow('INS-00000001');
    const parked = { lat: -7.75, lng: 113.21, words: 'RSUD', atMs: 1 };
    expect({ ...manned, parked, ...offDuty(manned, {}, actor) }.parked).toBeUndefined();
    expect({ ...manned, parked, ...overdue(manned, 9 * HOUR_MS) }.parked).toBeUndefined();
    const home = { ...manned, assignment: on('clear'), ...offDuty(manned, { reason: 'sakit' }, actor) };
    expect(home).toMatchObject({ duty: 'off', crew: [], dutySaid: { by: 'desk', reason: 'sakit' } });
    expect(lackOfCrew(home, 0)).toBe('off-duty');
  });

  it('needs a driver in what nobody else can drive', () => {
    const medic = { ...manned, crew: [{ ...driver, task: 'medic' as const }] };
    expect([lackOfCrew(medic, 0), availabilityOf(medic)]).toEqual(['no-crew', 'NotAvailable']);
    expect(lackOfCrew({ ...medic, unitClass: 'foot-patrol' }, 0)).toBeUndefined();
  });
});

it('that was taken out and is put back is newer than it was', () => {
  const told = (version: number, changedAtMs: number) =>
    UnitChanged.version?.(unitOf({ ...ambulance, _id: 'AMB-1', version, changedAtMs })) ?? NaN;
  expect(told(1, 6000)).toBeGreaterThan(told(9, 5000));
});

describe('availability', () => {
  it('is conditional once the patient is handed over, or nobody is to be brought anywhere', () => {
    const at = (status: Assignment['status'], unit = manned) => availabilityOf({ ...unit, assignment: on(status) });
    expect([at('dispatched'), at('leaving-scene'), at('handed-over')]).toEqual(['NotAvailable', 'NotAvailable', 'ConditionallyAvailable']); // prettier-ignore
    expect(at('leaving-scene', { ...manned, capabilities: [] })).toBe('ConditionallyAvailable');
    expect([at('clear'), at('declined'), at('cancelled'), at('diverted')]).toEqual(Array(4).fill('Available'));
  });

  it('waits for an answer ten seconds, then to the end of its time, then for the end of its duty', () => {
    expect(wakeAtMsOf({ ...manned, assignment: on('dispatched') })).toBe(actor.nowMs + 10_000);
    const silent = { isUnanswered: true, answerByMs: 9 } as const;
    expect(wakeAtMsOf({ ...manned, assignment: on('dispatched', silent) })).toBe(9);
    expect(wakeAtMsOf({ ...manned, assignment: on('dispatched', { ...silent, isOverdue: true }) })).toBe(9 * HOUR_MS + BACK_WITHIN_MS); // prettier-ignore
    expect(wakeAtMsOf({ ...manned, assignment: on('accepted') })).toBe(9 * HOUR_MS + BACK_WITHIN_MS);
  });
});
