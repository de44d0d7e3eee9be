import { Booking, BookingChanged, type BookedSlot } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

type Optional<Whole> = { [Field in keyof Whole]: Whole[Field] | Extract<undefined, Whole[Field]> };

/** One booking, and who it is for. */
export interface BookingDocument extends Optional<Omit<BookingChanged, 'bookingId' | 'version'>> {
  exercise: boolean;
  /** Over for so long that screens are not told of it any more; lists are. */
  archived?: true | undefined;
}

export type StoredBooking = Stored<BookingDocument>;

/** Bookings; `_id` is the bookingId. */
export const bookings = defineCollection<BookingDocument>({
  name: 'emergency_bookings',
  called: 'pesanan',
  fields: {
    purpose: { type: String, required: true },
    status: { type: String, required: true },
    pickUpAtMs: { type: Number, required: true },
    expectedReturnAtMs: { type: Number, required: true },
    patientName: String,
    number: String,
    askedBy: String,
    needs: String,
    from: String,
    to: String,
    unitId: String,
    driver: String,
    beganAtMs: Number,
    endedAtMs: Number,
    diverted: Object,
    reason: String,
    because: String,
    history: { type: [Object], required: true },
    seq: { type: Number, required: true },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
    archived: Boolean,
  },
  indexes: [
    { name: 'pickup', fields: { pickUpAtMs: 1 } },
    { name: 'unit', fields: { unitId: 1, pickUpAtMs: 1 }, sparse: true },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(BookingChanged, (stored) => (stored.archived === true ? null : bookingOf(stored))),
});

/** What callers and screens are told of a booking: what the contract names, and nothing else. */
export const bookingOf = ({ _id, ...stored }: StoredBooking): BookingChanged =>
  Booking.parse({ ...stored, bookingId: _id });

/** As lists have it: what no screen is told of any more is marked there, too. */
export const listed = (stored: StoredBooking) => ({
  ...bookingOf(stored),
  ...(stored.exercise && { exercise: true as const }),
});

/** What a unit's calendar keeps of it. */
export const slotOf = ({ _id, purpose, pickUpAtMs, expectedReturnAtMs, seq }: StoredBooking): Omit<BookedSlot, 'status'> => ({ ...{ bookingId: _id, purpose, pickUpAtMs, expectedReturnAtMs }, seq: seq + 1 }); // prettier-ignore
