import { describe, expect, it } from '@jest/globals';
import { LONGEST_SHELF_MS } from '@siaga/contracts';
import fc from 'fast-check';
import type { Alarm } from './alarm-document.ts';
import {
  acknowledged,
  assigned,
  cleared,
  due,
  isToLeave,
  noted,
  raised,
  renewed,
  reopened,
  SHOWN_MS,
  shelved,
  unshelved,
  type RootSaid,
  type Turn,
} from './alarm-steps.ts';
import { ALARMS_KEPT_MS } from '../retention-rules.ts';
import { MOST_ESCALATIONS } from './severities.ts';

const MINUTE_MS = 60_000;
const at = Date.UTC(2026, 0, 15, 12, 10);
const by = { by: 'sari-1234', nowMs: at + 5 };
const said = (over: Partial<RootSaid> = {}): RootSaid => ({
  ...{ conditionKey: 'feeder:F1/supplyLoss', thingKey: 'feeder:F1', thing: { kind: 'feeder', thingId: 'F1' } },
  ...{ name: 'Penyulang Pilang', kind: 'supplyLoss', agency: 'dishub', severity: 'high', lifeRisk: false },
  ...{ basis: 'measured', sinceMs: at - 2000, exercise: false, affected: {}, kelurahanCodes: [] },
  ...over,
});
const open = (over: Partial<RootSaid> = {}): Alarm => raised(said(over), at).alarm;
const answered = (alarm = open()): Alarm => acknowledged(alarm, by)?.alarm ?? alarm;
const stepsOf = (turn: Turn | undefined) => turn?.steps.map(({ step }) => step);

describe('an alarm', () => {
  it('that nobody answers is escalated three times and no more', () => {
    let alarm = open();
    expect(alarm.wakeAtMs).toBe(at + 10 * MINUTE_MS);
    for (let times = 1; times <= MOST_ESCALATIONS; times += 1) {
      const nowMs = alarm.wakeAtMs ?? 0;
      const turn = due(alarm, nowMs);
      expect(turn?.steps).toMatchObject([{ step: 'escalated', times, atMs: nowMs }]);
      alarm = turn?.alarm ?? alarm;
    }
    expect(alarm).toMatchObject({ escalatedTimes: MOST_ESCALATIONS, wakeAtMs: undefined });
  });

  it.each([
    ['critical', MINUTE_MS],
    ['high', 10 * MINUTE_MS],
    ['medium', 60 * MINUTE_MS],
    ['information', undefined],
  ] as const)('of severity %s waits for its answer as long as the table says', (severity, afterMs) => {
    expect(open({ severity }).wakeAtMs).toBe(afterMs === undefined ? undefined : at + afterMs);
  });

  it('that is answered waits no more; a second answer is told of the first', () => {
    const alarm = answered();
    expect(alarm).toMatchObject({ acknowledgement: { by: 'sari-1234', atMs: at + 5 }, wakeAtMs: undefined });
    expect(acknowledged(alarm, { by: 'budi-1234', nowMs: at + 6 })).toBeUndefined();
  });

  it('that gets worse waits for an answer anew, also when it was put aside; one that eases does not', () => {
    const aside = shelved(answered(), by, { untilMs: at + MINUTE_MS, reason: 'menunggu PLN' })?.alarm ?? open();
    const worse = renewed(aside, said({ severity: 'critical', lifeRisk: true }), at + 9);
    expect(stepsOf(worse)).toEqual(['worsened']);
    expect(worse?.alarm).toMatchObject({ worstSeverity: 'critical', wakeAtMs: at + 9 + MINUTE_MS });
    expect([worse?.alarm.acknowledgement, worse?.alarm.shelvedUntilMs]).toEqual([undefined, undefined]);
    const eased = renewed(answered(), said({ severity: 'medium' }), at + 9);
    expect(stepsOf(eased)).toEqual(['eased']);
    expect(eased?.alarm).toMatchObject({ worstSeverity: 'high', acknowledgement: { by: 'sari-1234' } });
    expect(eased?.alarm.wakeAtMs).toBeUndefined();
  });

  it('tells of what hangs below it without a step, and of nothing when nothing is new', () => {
    const more = renewed(open(), said({ affected: { lamp: 180, camera: 3 } }), at + 9);
    expect(more).toMatchObject({ steps: [], alarm: { affected: { lamp: 180 }, changedAtMs: at + 9 } });
    expect(renewed(open(), said(), at + 9)).toBeUndefined();
    expect(renewed(open({ detail: 'satu fase' }), said(), at + 9)?.alarm.detail).toBeUndefined();
  });

  it('that is put aside comes back at its time, at the latest after a day, and waits again', () => {
    const aside = shelved(open(), by, { untilMs: at + 99 * LONGEST_SHELF_MS, reason: 'menunggu PLN' })?.alarm ?? open();
    const backMs = by.nowMs + LONGEST_SHELF_MS;
    expect(aside.wakeAtMs).toBe(backMs);
    expect(shelved(aside, by, { untilMs: backMs, reason: 'lagi' })).toBeUndefined();
    expect(due(aside, backMs - 1)).toBeUndefined();
    const back = due(aside, backMs);
    expect(stepsOf(back)).toEqual(['unshelved']);
    expect(back?.alarm.wakeAtMs).toBe(backMs + 10 * MINUTE_MS);
    expect(unshelved(back?.alarm ?? aside, by)).toBeUndefined();
  });

  it('that is over is kept for its time, and opens again as the same one', () => {
    const over = cleared(answered(), {}, at + 9).alarm;
    expect(over).toMatchObject({ status: 'cleared', clearedBy: 'ended', wakeAtMs: at + 9 + SHOWN_MS });
    expect(due(over, at + 8 + SHOWN_MS)).toBeUndefined();
    const archived = due(over, at + 9 + SHOWN_MS);
    expect(archived).toMatchObject({ steps: [], alarm: { archived: true, wakeAtMs: at + 9 + ALARMS_KEPT_MS } });
    expect(due(archived?.alarm ?? over, at + 10 + SHOWN_MS)).toBeUndefined();
    expect([isToLeave(over, at + 8 + ALARMS_KEPT_MS), isToLeave(over, at + 9 + ALARMS_KEPT_MS)]).toEqual([false, true]);
    const again = reopened(over, said({ severity: 'medium' }), at + 20);
    expect(again.alarm).toMatchObject({ status: 'active', reopenedTimes: 1, worstSeverity: 'medium' });
    const gone = ['clearedAtMs', 'clearedBy', 'acknowledgement'] as const;
    expect(gone.map((field) => again.alarm[field])).toEqual([undefined, undefined, undefined]);
  });

  it('stands in lists by what is to be done about it', () => {
    const alarms = {
      high: open(),
      older: raised(said(), at - 1).alarm,
      critical: open({ severity: 'critical' }),
      aside: shelved(open({ severity: 'critical' }), by, { untilMs: at + MINUTE_MS, reason: 'uji' })?.alarm,
      over: cleared(open({ severity: 'critical' }), {}, at + 1).alarm,
      overLater: cleared(open(), {}, at + 2).alarm,
    };
    const names = Object.entries(alarms).sort(([, a], [, b]) => ((a?.order ?? '') < (b?.order ?? '') ? -1 : 1));
    expect(names.map(([name]) => name)).toEqual(['critical', 'older', 'high', 'aside', 'overLater', 'over']);
  });
});

const severity = fc.constantFrom('critical', 'high', 'medium', 'information');
const deed = fc.oneof(
  fc.record({ what: fc.constantFrom('renew', 'reopen'), severity }),
  fc.record({ what: fc.constantFrom('acknowledge', 'assign', 'shelve', 'unshelve', 'note', 'clear', 'wait') }),
);

function after(alarm: Alarm, one: { what: string; severity?: Alarm['severity'] }, nowMs: number): Turn | undefined {
  const actor = { by: 'sari-1234', nowMs };
  if (one.what === 'reopen' && alarm.status === 'cleared') return reopened(alarm, said(one), nowMs);
  if (one.what === 'note') return noted(alarm, actor, 'dicek');
  if (alarm.status === 'cleared') return undefined;
  if (one.what === 'renew') return renewed(alarm, said(one), nowMs);
  if (one.what === 'acknowledge') return acknowledged(alarm, actor);
  if (one.what === 'assign') return assigned(alarm, actor, alarm.assignee === undefined ? 'budi-1234' : undefined);
  if (one.what === 'shelve') return shelved(alarm, actor, { untilMs: nowMs + MINUTE_MS, reason: 'uji' });
  if (one.what === 'unshelve') return unshelved(alarm, actor);
  return one.what === 'clear' ? cleared(alarm, {}, nowMs) : due(alarm, nowMs);
}

describe('an alarm, whatever happens to it', () => {
  it('numbers its steps without a gap, and always wakes when something is to be done', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        let alarm = open();
        let nowMs = at;
        let seq = 1;
        for (const one of deeds) {
          nowMs = one.what === 'wait' ? (alarm.wakeAtMs ?? nowMs) : nowMs + 1000;
          const turn = after(alarm, one, nowMs);
          for (const step of turn?.steps ?? []) expect(step.seq).toBe((seq += 1));
          alarm = turn?.alarm ?? alarm;
          const isOpen = alarm.status === 'active' && alarm.acknowledgement === undefined;
          const waits = isOpen && alarm.severity !== 'information' && alarm.escalatedTimes < MOST_ESCALATIONS;
          if (waits || alarm.shelvedUntilMs !== undefined || alarm.status === 'cleared')
            expect(alarm.wakeAtMs).toBeDefined();
          expect(alarm.clearedAtMs !== undefined).toBe(alarm.status === 'cleared');
        }
        expect(alarm.steps).toBe(seq);
      }),
    );
  });
});
