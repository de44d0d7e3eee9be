import {
  BeginBooking,
  CancelBooking,
  Channel,
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
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { Refused } from '../refused.tsx';
import { MoveForm, NotesForm } from './change-booking.tsx';
import { isSeen } from './notes.ts';
import { PlanWith } from './plan-with.tsx';

/** Ways by which the desk hears of a trip. */
const heardBy = Channel.extract(['radio', 'telephone', 'whatsapp']).options;

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
        <Driven booking={booking} press={press} />
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

interface DrivenProps {
  booking: BookingChanged;
  press: ReturnType<typeof usePress>;
}

/** The next step of a trip, written down by the desk with the way by which it heard. */
function Driven({ booking: { bookingId, status }, press }: DrivenProps) {
  const { text } = useSpeech();
  const [channel, setChannel] = useState<(typeof heardBy)[number]>('radio');
  const isPlanned = status === 'planned';
  return (
    <>
      <Choice label={text.emergency.via} options={heardBy} chosen={channel} onChoose={setChannel}>
        {(one) => text.emergency.channels[one]}
      </Choice>
      <button
        type="button"
        className="strong"
        disabled={press.busy}
        onClick={() => {
          press.run(async (send) => {
            await send(isPlanned ? BeginBooking : EndBooking, { params: { bookingId }, body: { channel } });
          });
        }}
      >
        {isPlanned ? text.bookings.begin : text.bookings.end}
      </button>
    </>
  );
}
