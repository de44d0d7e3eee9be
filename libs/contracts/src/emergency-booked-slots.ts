import { z } from 'zod';
import { BookingId } from './emergency.ts';
import { EpochMs } from './shapes.ts';

/** What an ambulance is booked for: *kontrol*, *rujukan*, *pulang*, *jenazah*. */
export const BookingPurpose = z.enum(['control', 'referral', 'discharge', 'deceased']);
export type BookingPurpose = z.infer<typeof BookingPurpose>;

/** One booking in a unit's calendar: of whom stands with the booking only. */
export const BookedSlot = z.object({
  bookingId: BookingId,
  purpose: BookingPurpose,
  pickUpAtMs: EpochMs,
  /** The unit is its own again then, as expected. */
  expectedReturnAtMs: EpochMs,
  status: z.enum(['planned', 'under-way']),
  /** Of `under-way`: when it set off. */
  beganAtMs: EpochMs.optional(),
  /** Counts up with each decision about the booking. */
  seq: z.number().int().min(0),
});
export type BookedSlot = z.infer<typeof BookedSlot>;

/** What a unit brings somewhere now that is no emergency; undefined: nothing. */
export const bookingUnderWay = <Slot extends { status: BookedSlot['status'] }>({
  bookings,
}: {
  bookings?: readonly Slot[] | undefined;
}): Slot | undefined => bookings?.find(({ status }) => status === 'under-way');
