import { describe, expect, it } from '@jest/globals';
import { BED_HELD_MS, Fault } from '@siaga/contracts';
import fc from 'fast-check';
import { bedsOf, countedAnew } from './bed-counts.ts';
import { acknowledged, announced, cancelled, due, extended, received, requested, type Turn } from './bed-rules.ts';
import { hospitalWith } from './hospital.harness.ts';
import type { StoredHospital } from './hospital-now.ts';

const count = (totalCount: number, occupiedCount: number, atMs = 1000) => ({
  ...({ bedClass: 'icu', totalCount, occupiedCount, atMs, source: 'feed' } as const),
});
const after = (hospital: StoredHospital, turn: Turn | undefined): StoredHospital => ({ ...hospital, ...turn?.fields });
const ask = (hospital: StoredHospital, requestId: string, nowMs: number, by = 'ani') =>
  requested(hospital, { requestId, incidentId: 'INS-00000001', bedClass: 'icu' }, { by, nowMs });
const freeOf = (hospital: StoredHospital) => bedsOf(hospital)[0]?.freeCount;

describe('the last bed', () => {
  it('goes to one; the other is told who was faster', () => {
    const one = after(hospitalWith({ counted: [count(4, 3)] }), ask(hospitalWith({ counted: [count(4, 3)] }), 'RSV-A', 2000)); // prettier-ignore
    expect(freeOf(one)).toBe(0);
    expect(() => ask(one, 'RSV-B', 2001, 'budi')).toThrow(
      expect.objectContaining({ kind: 'conflict', deed: { by: 'ani', atMs: 2000 } }),
    );
    expect(ask(one, 'RSV-A', 2002)).toBeUndefined();
  });

  it('is nobody’s where nobody counted', () => {
    expect(() => ask(hospitalWith(), 'RSV-A', 2000)).toThrow(Fault);
  });
});

describe('what is held', () => {
  const held = after(hospitalWith({ counted: [count(4, 2)] }), ask(hospitalWith({ counted: [count(4, 2)] }), 'RSV-A', 2000)); // prettier-ignore

  it('stays held when the feed counts anew, also where it says that none is left', () => {
    const full = { ...held, counted: countedAnew(held.counted, { beds: [count(4, 4)], atMs: 3000, source: 'feed' }) };
    expect(bedsOf(full)).toMatchObject([{ heldCount: 1, freeCount: 0, isShort: true }]);
  });

  it('is free after its time, unless it was said again', () => {
    const nowMs = 2000 + BED_HELD_MS;
    expect(freeOf(after(held, due(held, { by: 'timer', nowMs })))).toBe(2);
    const longer = after(held, extended(held, 'RSV-A', { by: 'ani', nowMs: 3000 }));
    expect(freeOf(after(longer, due(longer, { by: 'timer', nowMs })))).toBe(1);
  });

  it('is taken by who arrives until somebody counts after that, and counted once', () => {
    const there = after(held, received(held, { requestId: 'RSV-A', status: 'arrived', atMs: 5000 }, { by: 'x', nowMs: 5000 })); // prettier-ignore
    expect(freeOf(there)).toBe(1);
    const counted = countedAnew(there.counted, { beds: [count(4, 3)], atMs: 6000, source: 'facility' });
    expect(freeOf({ ...there, counted })).toBe(1);
    expect(received(there, { requestId: 'RSV-A', status: 'arrived', atMs: 7000 }, { by: 'x', nowMs: 7000 })).toBeUndefined(); // prettier-ignore
  });

  it('is read once by the IGD, and again when the note is another', () => {
    const actor = { by: 'igd', nowMs: 4000 };
    const read = after(held, acknowledged(held, { requestId: 'RSV-A' }, actor));
    expect(acknowledged(read, { requestId: 'RSV-A' }, actor)).toBeUndefined();
    const told = after(read, announced(read, { requestId: 'RSV-A', note: { complaint: 'sesak' } }, actor));
    expect(told.requests[0]?.acknowledged).toBeUndefined();
  });

  it('is forgotten with its note a day after it ended', () => {
    const told = after(held, announced(held, { requestId: 'RSV-A', note: { complaint: 'sesak' } }, { by: 'ani', nowMs: 2500 })); // prettier-ignore
    const gone = after(told, cancelled(told, { requestId: 'RSV-A', reason: 'meninggal' }, { by: 'ani', nowMs: 3000 }));
    expect(due(gone, { by: 'timer', nowMs: 3000 + 23 * 3_600_000 }).fields.requests).toHaveLength(1);
    expect(due(gone, { by: 'timer', nowMs: 3000 + 24 * 3_600_000 }).fields.requests).toEqual([]);
  });
});

const act = fc.oneof(
  fc.record({ act: fc.constant('ask' as const), id: fc.nat(9) }),
  fc.record({ act: fc.constant('feed' as const), total: fc.nat(6), occupied: fc.nat(6), backMs: fc.nat(4000) }),
  fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: BED_HELD_MS }) }),
  fc.record({ act: fc.constantFrom('cancel' as const, 'arrive' as const), id: fc.nat(9) }),
);

it('gives no bed twice and loses no hold, whatever the order of requests, feeds, ends and time', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let nowMs = 10_000;
      let hospital = hospitalWith({ counted: [count(3, 1, nowMs)] });
      for (const one of acts) {
        nowMs += 1;
        const before = hospital;
        const heldBefore = hospital.requests.filter(({ status }) => status === 'held');
        if (one.act === 'feed') {
          const beds = [count(one.total, one.occupied)];
          const counted = countedAnew(hospital.counted, { beds, atMs: nowMs - one.backMs, source: 'feed' });
          hospital = { ...hospital, counted };
          expect(hospital.requests).toEqual(before.requests);
          expect(counted[0]?.atMs).toBeGreaterThanOrEqual(before.counted[0]?.atMs ?? 0);
        } else if (one.act === 'wait') {
          nowMs += one.ms;
          hospital = after(hospital, due(hospital, { by: 'timer', nowMs }));
          const left = heldBefore.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
          expect(hospital.requests.filter(({ status }) => status === 'held')).toEqual(left);
        } else {
          const requestId = `RSV-${String(one.id)}`;
          const actor = { by: 'ani', nowMs };
          try {
            if (one.act === 'ask') hospital = after(hospital, ask(hospital, requestId, nowMs));
            else if (one.act === 'cancel')
              hospital = after(hospital, cancelled(hospital, { requestId, reason: 'x' }, actor));
            else hospital = after(hospital, received(hospital, { requestId, status: 'arrived', atMs: nowMs }, actor));
          } catch (error) {
            if (!(error instanceof Fault)) throw error;
            expect(hospital).toBe(before);
          }
          // what is given now was free
          if (hospital.requests.length > before.requests.length) expect(freeOf(before)).toBeGreaterThan(0);
        }
        const [beds] = bedsOf(hospital);
        if (beds === undefined) throw new Error('no beds');
        const left = beds.totalCount - beds.occupiedCount - beds.heldCount;
        expect(beds.freeCount).toBe(Math.max(0, left));
        expect(beds.isShort === true).toBe(left < 0 && beds.heldCount > 0);
        expect(beds.heldCount).toBeGreaterThanOrEqual(hospital.requests.filter(({ status }) => status === 'held').length); // prettier-ignore
      }
    }),
  );
});
