import { expect, it } from '@jest/globals';
import { cancelledOf, dayRows, waitingFirst, type ListedBooking } from './day-rows.ts';

const booking = (number: number, over: Partial<ListedBooking>): ListedBooking => ({
  ...{ bookingId: `PSN-0000000${String(number)}`, purpose: 'control', status: 'planned', history: [], seq: 0 },
  ...{ pickUpAtMs: number, expectedReturnAtMs: number + 1, changedAtMs: 0, version: 1, ...over },
});
const ids = (bookings: readonly ListedBooking[]) => bookings.map(({ pickUpAtMs }) => pickUpAtMs);

it('puts those whose ambulance was taken before those that wait, and these by their time', () => {
  const all = [3, 2, 1].map((at) => booking(at, { status: at === 3 ? 'diverted' : 'requested' }));
  expect(ids(waitingFirst([...all, booking(4, {})]))).toEqual([3, 1, 2]);
});

it('draws a day unit by unit, as they are named, first pick-up first', () => {
  const day = [booking(3, { unitId: 'A' }), booking(1, { unitId: 'B' }), booking(2, { unitId: 'A' }), booking(4, {})];
  const names: Record<string, string> = { A: 'Ambulans 10', B: 'Ambulans 9' };
  const rows = dayRows(day, 0, (unitId) => names[unitId] ?? unitId);
  expect(rows.map(({ name, bookings }) => [name, ids(bookings)])).toEqual([
    ['Ambulans 9', [1]],
    ['Ambulans 10', [2, 3]],
  ]);
});

it('keeps in sight who was cancelled that day, and not the day before', () => {
  const all = [3, 2, 1].map((at) => booking(at, { status: 'cancelled' }));
  expect(ids(cancelledOf([...all, booking(4, {})], 2))).toEqual([2, 3]);
});

it('draws a trip over midnight on both days, until it is back', () => {
  const night = booking(10, { unitId: 'A', expectedReturnAtMs: 20 });
  const at = (fromMs: number) => dayRows([night], fromMs, (unitId) => unitId).length;
  expect([at(0), at(19), at(20)]).toEqual([1, 1, 0]);
});
