import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { destinationOf, type Waiting } from './destination.ts';
import type { HeldBed } from './hospital-now.ts';

const arrival = { assignmentId: 'PEN-00000001', incidentId: 'INS-00000001' };
const asked = (over: Partial<HeldBed>): HeldBed => ({
  ...{ requestId: 'RSV-00000001', incidentId: arrival.incidentId, bedClass: 'icu', status: 'held' },
  ...{ requested: { by: 'ani', atMs: 1000 }, expiresAtMs: 9000, seq: 1, ...over },
});
const at = (_id: string, ...requests: HeldBed[]): Waiting => ({ _id, requests });
const { assignmentId } = arrival;

it('is where the bed was asked last, or where its patient was seen already', () => {
  const first = asked({ assignmentId, requested: { by: 'ani', atMs: 1000 } });
  const later = asked({ assignmentId, requestId: 'RSV-00000002', requested: { by: 'ani', atMs: 2000 } });
  expect(destinationOf([at('A', first), at('B', later)], arrival)).toMatchObject({ hospitalId: 'B' });
  const seen = { ...first, status: 'arrived' as const, arrivedAtMs: 3000 };
  expect(destinationOf([at('A', seen), at('B', later)], arrival)).toMatchObject({ hospitalId: 'A' });
});

it('is one bed where it ran out and was asked for again', () => {
  const ranOut = asked({ assignmentId, status: 'expired' });
  const again = asked({ assignmentId, requestId: 'RSV-00000002', requested: { by: 'ani', atMs: 2000 } });
  const arrived = (...beds: HeldBed[]) => destinationOf([at('A', ...beds)], arrival)?.requestIds;
  expect(arrived(ranOut, again)).toEqual([again.requestId]);
  expect(arrived(ranOut)).toEqual([ranOut.requestId]);
});

it('is the one bed of the incident that waits for nobody in particular, and none where there are two', () => {
  const one = asked({});
  expect(destinationOf([at('A', one)], arrival)).toEqual({ hospitalId: 'A', requestIds: [one.requestId] });
  expect(destinationOf([at('A', one), at('B', asked({ requestId: 'RSV-00000002' }))], arrival)).toBeUndefined();
  expect(destinationOf([at('A', asked({ assignmentId: 'PEN-00000009' }))], arrival)).toBeUndefined();
});

it('is one hospital at most, whatever was asked, and never a bed that was called off', () => {
  const request = fc.record({
    assignmentId: fc.constantFrom(assignmentId, 'PEN-00000009', undefined),
    status: fc.constantFrom('held' as const, 'arrived' as const, 'cancelled' as const, 'expired' as const),
    atMs: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(fc.array(request, { maxLength: 3 }), { maxLength: 3 }), (given) => {
      const hospitals = given.map((some, at1) =>
        at(
          String(at1),
          ...some.map(({ atMs, ...one }, at2) =>
            asked({ ...one, requestId: `RSV-${String(at1)}${String(at2)}`, requested: { by: 'ani', atMs } }),
          ),
        ),
      );
      const found = destinationOf(hospitals, arrival);
      const there = hospitals.find(({ _id }) => _id === found?.hospitalId)?.requests ?? [];
      for (const requestId of found?.requestIds ?? [])
        expect(there.find((one) => one.requestId === requestId)?.status).toMatch(/^(held|arrived|expired)$/);
    }),
  );
});
