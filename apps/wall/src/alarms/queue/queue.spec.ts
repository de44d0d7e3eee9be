import { describe, expect, it } from '@jest/globals';
import type { AlarmChanged } from '@siaga/contracts';
import { isUnanswered, neighbourOf, queueOf, worstOf } from './queue.ts';

const alarm = (alarmId: string, said: Partial<AlarmChanged> = {}): AlarmChanged => ({
  ...{ alarmId, thing: { kind: 'feeder', thingId: alarmId }, name: alarmId, kind: 'supplyLoss', agency: 'dishub' },
  ...{ severity: 'high', worstSeverity: 'high', lifeRisk: false, basis: 'measured', status: 'active' },
  ...{ escalatedTimes: 0, reopenedTimes: 0, sinceMs: 0, raisedAtMs: 0, changedAtMs: 0 },
  ...{ affected: {}, kelurahanCodes: [], version: 1, ...said },
});
const known = (...alarms: AlarmChanged[]) =>
  new Map(alarms.map((data): [string, { data: AlarmChanged; exercise: boolean }] => [data.alarmId, { data, exercise: false }])); // prettier-ignore
const ids = (list: readonly { alarm: AlarmChanged }[]) => list.map(({ alarm: { alarmId } }) => alarmId);

describe('the queue', () => {
  it('is worst first, then oldest first, and an answer changes no place', () => {
    const { open } = queueOf(
      known(
        alarm('young', { raisedAtMs: 9 }),
        alarm('mild', { severity: 'medium' }),
        alarm('old', { raisedAtMs: 3, acknowledgement: { by: 'rani', atMs: 5 } }),
        alarm('grave', { severity: 'critical', raisedAtMs: 20 }),
      ),
    );
    expect(ids(open)).toEqual(['grave', 'old', 'young', 'mild']);
    expect(worstOf(open)).toBe('critical');
    expect(open.filter(({ alarm: one }) => isUnanswered(one))).toHaveLength(3);
  });

  it('has each alarm in one list only: what is put aside by when it returns, what is over in none', () => {
    const queue = queueOf(
      known(
        alarm('over', { status: 'cleared', clearedBy: 'ended' }),
        alarm('later', { shelvedUntilMs: 50 }),
        alarm('sooner', { shelvedUntilMs: 40 }),
        alarm('open'),
      ),
    );
    expect([ids(queue.open), ids(queue.shelved)]).toEqual([['open'], ['sooner', 'later']]);
  });

  it('walks from one to the next and stays at its ends', () => {
    const list = ['one', 'two', 'three'];
    expect(neighbourOf(list, undefined, 1)).toBe('one');
    expect(neighbourOf(list, 'gone', -1)).toBe('one');
    expect(neighbourOf(list, 'one', 1)).toBe('two');
    expect(neighbourOf(list, 'three', 1)).toBe('three');
    expect(neighbourOf(list, 'one', -1)).toBe('one');
    expect(neighbourOf([], 'one', 1)).toBeUndefined();
  });
});
