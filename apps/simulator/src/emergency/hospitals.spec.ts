import { describe, expect, it } from '@jest/globals';
import { BEDS_FRESH_MS, PutHospital, type HospitalChanged } from '@siaga/contracts';
import { OLD_COUNT_MS, readBy, rowsOf, simulatedHospitals } from './hospitals.ts';

const nowMs = Date.parse('2026-11-22T12:00:00+07:00');

describe('the simulated hospitals', () => {
  it('fit the contract, say by their names what they are, and one of them counts no more', () => {
    for (const { entry } of simulatedHospitals) {
      expect(PutHospital.body?.safeParse(entry).success).toBe(true);
      expect(entry.name).toContain('simulasi');
    }
    const old = simulatedHospitals.filter(({ countsEveryMs }) => countsEveryMs === undefined);
    expect(old).toHaveLength(1);
    expect(OLD_COUNT_MS).toBeGreaterThan(BEDS_FRESH_MS);
  });

  it('never have more in bed than beds, and say the same for the same seed', () => {
    for (const hospital of simulatedHospitals)
      for (let hour = 0; hour < 48; hour += 1) {
        const when = { seed: 's', atMs: nowMs + hour * 3_600_000 };
        const rows = rowsOf(hospital, when);
        expect(rowsOf(hospital, when)).toEqual(rows);
        for (const { jumlah, terpakai } of rows) expect(Number(terpakai)).toBeLessThanOrEqual(Number(jumlah));
      }
  });

  it('read of a patient after a while, once, and of none who comes no more', () => {
    const request: HospitalChanged['requests'][number] = {
      ...{ requestId: 'RSV-00000001', incidentId: 'INS-00000001', bedClass: 'igd', status: 'held' },
      ...{ requested: { by: 'ani', atMs: nowMs }, announced: { by: 'ani', atMs: nowMs }, expiresAtMs: nowMs + 1 },
    };
    const read = (over: Partial<typeof request>, afterMs: number) =>
      readBy({ requests: [{ ...request, ...over }] }, { seed: 's', nowMs: nowMs + afterMs });
    expect(read({}, 15_000)).toEqual([]);
    expect(read({}, 90_000)).toEqual([{ requestId: 'RSV-00000001', announcedAtMs: nowMs }]);
    expect(read({ acknowledged: { by: 'simulator', atMs: nowMs } }, 90_000)).toEqual([]);
    expect(read({ status: 'cancelled' }, 90_000)).toEqual([]);
  });
});
