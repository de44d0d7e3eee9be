import { expect, it } from '@jest/globals';
import { BookingLine, BookingPurpose, BookingStatus } from '@siaga/contracts';
import fc from 'fast-check';
import { bookingsIn, type BookingOfMonth } from './booking-figures.ts';

const booked = (purpose: BookingPurpose, status: BookingStatus, ...steps: BookingLine['step'][]): BookingOfMonth => ({
  ...{ purpose, status, history: ['asked' as const, ...steps].map((step) => ({ step })) },
});

it('counts who was brought, what was called off, and what an emergency took, also where another unit came then', () => {
  const { total, byPurpose } = bookingsIn([
    booked('control', 'done', 'planned', 'begun', 'diverted', 'planned', 'begun', 'done'),
    booked('control', 'diverted', 'planned', 'diverted'),
    booked('referral', 'under-way', 'planned', 'begun'),
    booked('deceased', 'cancelled', 'planned', 'diverted', 'cancelled'),
    booked('deceased', 'requested'),
  ]);
  expect(total).toEqual({ asked: 5, driven: 2, cancelled: 1, diverted: 3 });
  expect(byPurpose.control).toEqual({ asked: 2, driven: 1, cancelled: 0, diverted: 2 });
  expect(byPurpose.deceased).toEqual({ asked: 2, driven: 0, cancelled: 1, diverted: 1 });
  expect(byPurpose.discharge).toEqual({ asked: 0, driven: 0, cancelled: 0, diverted: 0 });
});

it('has each booking under one purpose, and none both driven and cancelled', () => {
  const booking = fc.record({
    purpose: fc.constantFrom(...BookingPurpose.options),
    status: fc.constantFrom(...BookingStatus.options),
    history: fc.array(fc.record({ step: fc.constantFrom(...BookingLine.shape.step.options) }), { maxLength: 8 }),
  });
  fc.assert(
    fc.property(fc.array(booking), (bookings) => {
      const { total, byPurpose } = bookingsIn(bookings);
      for (const figure of ['asked', 'driven', 'cancelled', 'diverted'] as const)
        expect(Object.values(byPurpose).reduce((sum, one) => sum + one[figure], 0)).toBe(total[figure]);
      expect(total.driven + total.cancelled).toBeLessThanOrEqual(total.asked);
      expect(total.diverted).toBeLessThanOrEqual(total.asked);
    }),
  );
});
