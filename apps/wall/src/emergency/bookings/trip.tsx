import { NOT_BACK_AFTER_MS, openAssignment, type BookedSlot, type BookingChanged } from '@siaga/contracts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';

/** From then on a pick-up that nobody set off for is shown as *belum berangkat*, ms after its time. */
const NOT_OFF_AFTER_MS = 15 * 60_000;
/** So long before its pick-up it matters that its unit is on an incident, ms. */
const SOON_MS = 3_600_000;

/** What a unit brings somewhere and when it is expected back; half an hour late it is *belum kembali*, and no alarm. */
export function Trip({ trip }: { trip: Pick<BookedSlot, 'purpose' | 'expectedReturnAtMs'> }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const nowMs = useNow();
  const { purpose, expectedReturnAtMs } = trip;
  const time = format.moment(expectedReturnAtMs, nowMs);
  const lateMs = ageMs(expectedReturnAtMs, nowMs);
  const isLate = lateMs >= NOT_BACK_AFTER_MS;
  if (isLate) return <span data-tone="attention">{words.notBack(words.purposes[purpose], time, format.duration(lateMs))}</span>; // prettier-ignore
  return <span>{words.bringing(words.purposes[purpose], time)}</span>;
}

/** Of a planned one: its time is past and nobody set off, or its unit is on an incident when it should. */
export function NotSetOff({ booking: { pickUpAtMs, unitId } }: { booking: BookingChanged }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const nowMs = useNow();
  const { unit } = useBoard();
  const lateMs = ageMs(pickUpAtMs, nowMs);
  const known = unitId === undefined ? undefined : unit(unitId);
  const isAway = pickUpAtMs - nowMs <= SOON_MS && known !== undefined && openAssignment(known) !== undefined;
  const said = [
    lateMs >= NOT_OFF_AFTER_MS && words.notSetOff(format.duration(lateMs)),
    isAway && words.unitOnIncident,
  ].filter((line) => line !== false);
  if (said.length === 0) return null;
  return <span data-tone="attention"> · {said.join(' · ')}</span>;
}
