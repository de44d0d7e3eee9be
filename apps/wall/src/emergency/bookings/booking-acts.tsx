import {
  BeginBooking,
  CancelBooking,
  EndBooking,
  isInCalendar,
  isOverBooking,
  MoveBooking,
  PlanBooking,
  ReleaseBooking,
  waitsForUnit,
  WriteBooking,
  type BookingChanged,
} from '@siaga/contracts';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { Refused } from '../refused.tsx';
import { MoveForm, NotesForm } from './change-booking.tsx';
import { isSeen } from './notes.ts';
import { PlanWith } from './plan-with.tsx';

/** What may be done with a booking as it is now. */
export function BookingActs({ booking }: { booking: BookingChanged }) {
  const words = useSpeech().text.bookings;
  const may = useMay();
  const press = usePress();
  const { bookingId, status } = booking;
  const params = { bookingId };
  if (isOverBooking(booking)) return null;
  return (
    <>
      {waitsForUnit(booking) && may(PlanBooking) && <PlanWith bookingId={bookingId} />}
      {isInCalendar(booking) && may(status === 'planned' ? BeginBooking : EndBooking) && (
        <button
          type="button"
          className="strong"
          disabled={press.busy}
          onClick={() => {
            press.run(async (send) => {
              await send(status === 'planned' ? BeginBooking : EndBooking, { params, body: { channel: 'telephone' } });
            });
          }}
        >
          {status === 'planned' ? words.begin : words.end}
        </button>
      )}
      {may(MoveBooking) && (
        <details>
          <summary>{words.move}</summary>
          <MoveForm booking={booking} />
        </details>
      )}
      {may(WriteBooking) && isSeen(booking) && (
        <details>
          <summary>{words.changeNotes}</summary>
          <NotesForm booking={booking} />
        </details>
      )}
      {status === 'planned' && may(ReleaseBooking) && (
        <details>
          <summary>{words.release}</summary>
          <ReasonForm
            label={words.releaseReason}
            yes={words.release}
            busy={press.busy}
            onReason={(reason) => {
              press.run(async (send) => {
                await send(ReleaseBooking, { params, body: { reason } });
              });
            }}
          />
        </details>
      )}
      {may(CancelBooking) && (
        <details>
          <summary>{words.cancel}</summary>
          <ReasonForm
            label={words.cancelReason}
            yes={words.cancel}
            busy={press.busy}
            onReason={(reason) => {
              press.run(async (send) => {
                await send(CancelBooking, { params, body: { reason } });
              });
            }}
          />
        </details>
      )}
      <Refused press={press} />
    </>
  );
}
