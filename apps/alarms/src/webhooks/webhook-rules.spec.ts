import { describe, expect, it } from '@jest/globals';
import type { AlarmLogged } from '@siaga/contracts';
import { isFor, LONGEST_TRY_MS, nextTry } from './webhook-rules.ts';

const logged = (over: Partial<AlarmLogged> = {}): AlarmLogged => ({
  ...{ alarmId: 'alarm-12', thing: { kind: 'feeder', thingId: 'F1' }, name: 'Pilang', kind: 'supplyLoss' },
  ...{ agency: 'dishub', severity: 'high', seq: 1, step: 'raised', by: 'service', atMs: 1 },
  ...over,
});
const ofDishub = { agency: 'dishub', leastSeverity: 'high' } as const;

describe('whom a step is told to', () => {
  it('goes by agency, severity and step', () => {
    expect(isFor(ofDishub, logged(), 12)).toBe(true);
    expect(isFor(ofDishub, logged({ severity: 'medium' }), 12)).toBe(false);
    expect(isFor(ofDishub, logged({ agency: 'dlh' }), 12)).toBe(false);
    expect(isFor({ ...ofDishub, agency: 'command' }, logged({ agency: 'dlh', severity: 'critical' }), 12)).toBe(true);
    expect(isFor(ofDishub, logged({ step: 'acknowledged' }), 12)).toBe(false);
  });

  it.each([
    [{ from: 7, until: 15 }, [7, 14], [6, 15, 23]],
    [{ from: 22, until: 6 }, [22, 23, 0, 5], [6, 12, 21]],
    [{ from: 18, until: 24 }, [18, 23], [0, 17]],
  ])('goes by hours %o', (hours, inside, outside) => {
    const at = (hour: number) => isFor({ ...ofDishub, hours }, logged(), hour);
    expect([...inside.map(at), ...outside.map(at)]).toEqual([...inside.map(() => true), ...outside.map(() => false)]);
  });
});

describe('a message', () => {
  it('is tried more and more seldom, for a day', () => {
    let nowMs = 0;
    const pauses: number[] = [];
    for (let attempts = 0; attempts < 100; attempts += 1) {
      const nextMs = nextTry({ attempts, firstAtMs: 0 }, nowMs);
      if (nextMs === undefined) break;
      pauses.push(nextMs - nowMs);
      nowMs = nextMs;
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBe(5000);
    expect(nowMs).toBeGreaterThan(LONGEST_TRY_MS - 7_200_001);
    expect(nowMs).toBeLessThanOrEqual(LONGEST_TRY_MS);
  });
});
