import { describe, expect, it } from '@jest/globals';
import { AssignmentStatus, endsOfAssignment, openAssignment, type Fault } from '@siaga/contracts';
import fc from 'fast-check';
import type { StoredUnit, UnitNow } from '../units/unit-now.ts';
import { offDuty, onDuty, overdue } from '../units/unit-rules.ts';
import {
  alerted,
  calledBack,
  leftAlone,
  sent,
  stepped,
  tooLate,
  unanswered,
  type Telling,
  type Turn,
} from './assignment-rules.ts';
import { goTogether } from './drill.ts';

const T0 = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const desk = (nowMs: number) => ({ by: 'desk', nowMs });
const teller = (nowMs: number) => ({ by: 'siti', nowMs, onBehalf: undefined });
const crew = [{ principalId: 'siti', name: 'Siti', task: 'driver' as const }];
const unreported: StoredUnit = {
  ...{ _id: 'AMB-1', version: 1, name: 'Ambulans Pilang', unitClass: 'ambulance', capabilities: ['transport'] },
  ...{ agency: 'dinkes', answers: 'on-call', duty: 'unreported', crew: [], changedAtMs: 0, exercise: false },
};
const ready: StoredUnit = { ...unreported, ...onDuty({ untilMs: T0 + 8 * HOUR_MS, crew }, desk(T0)) };

const after = (unit: StoredUnit, turn: Turn | undefined): StoredUnit => ({ ...unit, ...turn?.fields });
const idOf = (number: number) => `TGS-${String(number).padStart(8, '0')}`;
const send = (unit: StoredUnit, number: number, further: { incidentId?: string; divertReason?: string } = {}) =>
  sent(
    unit,
    { assignmentId: idOf(number), incidentId: 'INS-0000000A', skipped: [], fits: () => true, ...further },
    desk(T0),
  );
const step = (
  unit: StoredUnit,
  status: AssignmentStatus,
  { atMs = undefined as number | undefined, nowMs = T0 + 60_000 } = {},
) =>
  // prettier-ignore
  stepped(unit, { assignmentId: idOf(1), status, atMs }, teller(nowMs));
const working = after(ready, send(ready, 1));

describe('sending', () => {
  it('keeps what is simulated and what is real apart, but for a city that tries things out', () => {
    const [real, drill] = [{ exercise: false }, { exercise: true }];
    const may = (beganAtMs?: number) =>
      [real, drill].map((unit) => [real, drill].map((incident) => goTogether(unit, incident, beganAtMs)));
    expect(may()).toEqual([
      [true, false],
      [true, true],
    ]);
    expect(may(T0)).toEqual([
      [true, false],
      [false, true],
    ]);
    const refused = { assignmentId: idOf(1), incidentId: 'INS-0000000A', skipped: [], fits: () => false };
    expect(() => sent(ready, refused, desk(T0))).toThrow('insiden ini simulasi');
    expect(() => sent({ ...ready, exercise: true }, refused, desk(T0))).toThrow('insiden ini nyata');
  });

  it('ends with the drill it was for', () => {
    expect(leftAlone(working, new Set(['INS-0000000B']), T0)).toBeUndefined();
    const turn = leftAlone(working, new Set(['INS-0000000A']), T0);
    expect(turn?.tell).toMatchObject([{ assignment: { status: 'cancelled', seq: 2 }, lines: [] }]);
    expect(openAssignment(after(working, turn))).toBeUndefined();
  });

  it('needs somebody in it who said so', () => {
    expect(() => send(unreported, 1)).toThrow('belum lapor');
    expect(() => send({ ...unreported, duty: 'off' }, 1)).toThrow('tidak berdinas');
    expect(() => send({ ...ready, crew: [{ name: 'Budi', task: 'medic' }] }, 1)).toThrow('pengemudi');
  });

  it('tells who was passed over, and until when an answer is waited for', () => {
    const turn = sent(
      ready,
      {
        assignmentId: idOf(1),
        incidentId: 'INS-0000000A',
        skipped: [{ unitId: 'AMB-2', why: 'unreported' }],
        fits: () => true,
      },
      desk(T0),
    );
    expect(turn?.fields.assignment).toMatchObject({ status: 'dispatched', answerByMs: T0 + 90_000, seq: 1 });
    expect(turn?.tell?.[0]?.lines).toMatchObject([
      { step: 'unit-skipped', unitId: 'AMB-2', passedOver: 'unreported' },
      { step: 'dispatched', unitId: 'AMB-1', by: 'desk' },
    ]);
  });

  it('refuses a busy one by name, and diverts it only openly, with both stories told', () => {
    expect(() => send(working, 2, { incidentId: 'INS-0000000B' })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('INS-0000000A'), deed: { by: 'desk', atMs: T0 } }),
    );
    expect(() => send(working, 2, { divertReason: 'lebih gawat' })).toThrow('INS-0000000A');
    const turn = send(working, 2, { incidentId: 'INS-0000000B', divertReason: 'lebih gawat' });
    expect(turn?.tell).toMatchObject([
      { assignment: { assignmentId: idOf(1), status: 'diverted', reason: 'lebih gawat', seq: 2 }, lines: [{ step: 'diverted', incidentId: 'INS-0000000A', otherIncidentId: 'INS-0000000B' }] }, // prettier-ignore
      { assignment: { assignmentId: idOf(2), status: 'dispatched', seq: 1 }, lines: [{ step: 'dispatched' }] },
    ]);
  });

  it('twice by one press is once', () => {
    expect(send(working, 1)).toBeUndefined();
  });
});

describe('steps', () => {
  it('may be missed, are the same again, and do not go back', () => {
    const there = after(working, step(working, 'on-scene'));
    expect(there.assignment).toMatchObject({ status: 'on-scene', seq: 2 });
    expect(step(there, 'on-scene')).toBeUndefined();
    expect(() => step(there, 'accepted')).toThrow('tidak mundur');
    expect(() => step(there, 'accepted', { atMs: T0 + 60_001, nowMs: T0 + 120_000 })).toThrow('tidak mundur');
    const late = after(there, step(there, 'accepted', { atMs: T0 + 5_000 }));
    expect(late.assignment).toMatchObject({ status: 'on-scene', seq: 3, atMs: { accepted: T0 + 5_000 } });
  });

  it('happened after the unit was sent and before now; a clock that is far off is asked about', () => {
    const stamp = (atMs: number) => after(working, step(working, 'accepted', { atMs })).assignment?.atMs.accepted;
    expect([stamp(T0 + 1000), stamp(T0 - 1000), stamp(T0 + 200_000)]).toEqual([T0 + 1000, T0, T0 + 60_000]);
    expect(() => stamp(T0 - 300_001)).toThrow('sebelum unit dikirim');
    expect(() => stamp(T0 + 360_001)).toThrow('belum terjadi');
  });

  it('of an old queue do not touch the new assignment', () => {
    const anew = after(working, send(working, 2, { incidentId: 'INS-0000000B', divertReason: 'lebih gawat' }));
    expect(() => step(anew, 'en-route')).toThrow(/TGS-00000001.*INS-0000000B/);
    expect(() => calledBack(anew, { assignmentId: idOf(1), reason: 'x' }, desk(T0))).toThrow('bukan tugas');
  });

  it('are declined with a reason, and not once under way', () => {
    const decline = (unit: StoredUnit, reason?: string) =>
      stepped(unit, { assignmentId: idOf(1), status: 'declined', reason }, teller(T0 + 1));
    expect(() => decline(working)).toThrow('mengapa');
    expect(after(working, decline(working, 'ban bocor')).assignment).toMatchObject({ status: 'declined', reason: 'ban bocor' }); // prettier-ignore
    expect(() => decline(after(working, step(working, 'en-route')), 'ban bocor')).toThrow('sudah berangkat');
  });

  it('end: what is over is over, by whoever ended it', () => {
    const gone = after(working, calledBack(working, { assignmentId: idOf(1), reason: 'sudah ada' }, desk(T0 + 5)));
    expect(calledBack(gone, { assignmentId: idOf(1), reason: 'sudah ada' }, desk(T0 + 9))).toBeUndefined();
    expect(() => step(gone, 'on-scene')).toThrow('sudah berakhir');
    expect(() => alerted(gone, { assignmentId: idOf(1), channel: 'app', outcome: 'delivered' }, desk(T0))).toThrow('sudah berakhir'); // prettier-ignore
  });
});

describe('silence', () => {
  it('is told once, ten seconds on, and forgotten with the first answer', () => {
    expect(unanswered(working, desk(T0 + 9_999))).toBeUndefined();
    const silent = after(working, unanswered(working, desk(T0 + 10_000)));
    expect(silent.assignment).toMatchObject({ isUnanswered: true, status: 'dispatched', seq: 2 });
    expect(unanswered(silent, desk(T0 + 20_000))).toBeUndefined();
    expect(after(silent, step(silent, 'accepted')).assignment).not.toHaveProperty('isUnanswered');
    const answered = after(working, step(working, 'accepted'));
    expect(unanswered(answered, desk(T0 + 99_000))).toBeUndefined();
  });

  it('past its time to answer is told once more, and forgotten with the first answer', () => {
    const byMs = working.assignment?.answerByMs ?? 0;
    expect(tooLate(working, desk(byMs - 1))).toBeUndefined();
    const late = after(working, tooLate(working, desk(byMs)));
    expect(late.assignment).toMatchObject({ isOverdue: true, status: 'dispatched', seq: 2 });
    expect(tooLate(late, desk(byMs + 1))).toBeUndefined();
    expect(after(late, step(late, 'accepted')).assignment).not.toHaveProperty('isOverdue');
    const answered = after(working, step(working, 'accepted'));
    expect(tooLate(answered, desk(byMs))).toBeUndefined();
  });

  it('a way of alerting that is told twice under one word is told once', () => {
    const sms = { assignmentId: idOf(1), channel: 'sms', outcome: 'sent', once: 'sms.0' } as const;
    const told = after(working, alerted(working, sms, desk(T0)));
    expect(alerted(told, sms, desk(T0 + 1))).toBeUndefined();
    expect(alerted(told, { ...sms, once: 'sms.1' }, desk(T0 + 1))?.fields.assignment?.alerts).toHaveLength(2);
    expect(alerted(after(told, step(told, 'clear')), sms, desk(T0 + 2))).toBeUndefined();
  });

  it('is met by every way there is; how each went is kept, the newest twenty', () => {
    const failed = {
      assignmentId: idOf(1),
      channel: 'telephone',
      outcome: 'failed',
      reason: 'tidak diangkat',
    } as const;
    const turn = alerted(working, failed, desk(T0));
    expect(turn?.tell?.[0]?.lines).toMatchObject([{ step: 'alert-failed', channel: 'telephone', words: 'tidak diangkat' }]); // prettier-ignore
    let unit = working;
    for (let times = 0; times < 30; times += 1) unit = after(unit, alerted(unit, failed, desk(T0 + times)));
    expect(unit.assignment?.alerts.map(({ atMs }) => atMs - T0)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 10),
    );
  });
});

/** Anything that anybody does to one unit; `mine`: about the assignment it has, not one it had. */
const deed = fc.record({
  what: fc.constantFrom('send', 'divert', 'step', 'cancel', 'on', 'off', 'alert', 'time'),
  incident: fc.constantFrom('INS-0000000A', 'INS-0000000B'),
  status: fc.constantFrom(...AssignmentStatus.options.filter((one) => !['dispatched', 'diverted', 'cancelled'].includes(one))), // prettier-ignore
  mine: fc.boolean(),
  earlierMs: fc.integer({ min: -400_000, max: 400_000 }),
  passMs: fc.integer({ min: 0, max: 4 * HOUR_MS }),
});
type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never;

/** What it makes of the unit; undefined: nothing. A refusal is thrown. */
function done(unit: StoredUnit, one: Deed, { nowMs, number }: { nowMs: number; number: number }): Turn | undefined {
  const { what, incident: incidentId, status } = one;
  const assignmentId = one.mine ? (unit.assignment?.assignmentId ?? idOf(0)) : idOf(Math.max(0, number - 2));
  const sending = { assignmentId: idOf(number), incidentId, skipped: [], fits: () => true };
  const only = (fields: Partial<UnitNow> | undefined) => (fields === undefined ? undefined : { fields });
  switch (what) {
    case 'send':
      return sent(unit, sending, desk(nowMs));
    case 'divert':
      return sent(unit, { ...sending, divertReason: 'lebih gawat' }, desk(nowMs));
    case 'step':
      return stepped(unit, { assignmentId, status, atMs: nowMs - one.earlierMs, reason: 'x' }, teller(nowMs));
    case 'cancel':
      return calledBack(unit, { assignmentId, reason: 'x' }, desk(nowMs));
    case 'on':
      return only(onDuty({ untilMs: nowMs + 8 * HOUR_MS, crew }, desk(nowMs)));
    case 'off':
      return only(offDuty(unit, {}, desk(nowMs)));
    case 'alert':
      return alerted(unit, { assignmentId, channel: 'app', outcome: 'delivered' }, desk(nowMs));
    default:
      return only(overdue(unit, nowMs)) ?? unanswered(unit, desk(nowMs)) ?? tooLate(unit, desk(nowMs));
  }
}

/** Everything that was told of assignments, in its order, and the unit as it then is. */
function livedThrough(deeds: readonly Deed[]): { unit: StoredUnit; told: Telling[] } {
  let unit = ready;
  let nowMs = T0;
  const told: Telling[] = [];
  for (const [number, one] of deeds.entries()) {
    nowMs += one.passMs;
    try {
      const turn = done(unit, one, { nowMs, number });
      told.push(...(turn?.tell ?? []));
      unit = after(unit, turn);
    } catch (error) {
      expect((error as Fault).kind).toMatch(/conflict|invalid/);
    }
  }
  return { unit, told };
}

it('whenever time is looked at: silence is told once and from ten seconds on, lateness once and from its time on', () => {
  const looks = fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(looks, fc.option(fc.integer({ min: 0, max: 120_000 })), (times, answeredAfterMs) => {
      let unit = working;
      const told: string[] = [];
      for (const passedMs of times.toSorted((a, b) => a - b)) {
        const nowMs = T0 + passedMs;
        if (answeredAfterMs !== null && passedMs >= answeredAfterMs)
          unit = after(unit, step(unit, 'accepted', { nowMs }));
        for (const rule of [unanswered, tooLate]) {
          const turn = rule(unit, desk(nowMs));
          unit = after(unit, turn);
          for (const { lines } of turn?.tell ?? [])
            for (const one of lines) told.push(`${one.step} ${String(passedMs >= (one.step === 'overdue' ? 90_000 : 10_000))}`); // prettier-ignore
        }
        const { status, isUnanswered, isOverdue } = unit.assignment ?? {};
        const waits = status === 'dispatched';
        expect(isUnanswered === true).toBe(waits && passedMs >= 10_000);
        expect(isOverdue === true).toBe(waits && passedMs >= 90_000);
      }
      expect(told).toEqual(['unanswered true', 'overdue true'].slice(0, told.length));
    }),
  );
});

it('whatever anybody does in whatever order: one assignment at a time, each ends once, nothing of it is untold', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const { unit, told } = livedThrough(deeds);
      const open = new Set<string>();
      const ended = new Set<string>();
      const seqs = new Map<string, number>();
      for (const { assignment, lines } of told) {
        const { assignmentId, seq, status, atMs } = assignment;
        expect(seq).toBe((seqs.get(assignmentId) ?? 0) + 1);
        seqs.set(assignmentId, seq);
        expect(ended.has(assignmentId)).toBe(false);
        open.add(assignmentId);
        if (endsOfAssignment.has(status)) {
          open.delete(assignmentId);
          ended.add(assignmentId);
        }
        expect(open.size).toBeLessThanOrEqual(1);
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.every(({ incidentId }) => incidentId === assignment.incidentId)).toBe(true);
        for (const stamp of Object.values(atMs)) expect(stamp).toBeGreaterThanOrEqual(atMs.dispatched ?? Infinity);
      }
      expect([...open]).toEqual([openAssignment(unit)?.assignmentId].filter((one) => one !== undefined));
      if (open.size > 0) expect(unit.crew).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});
