import { NOT_BACK_AFTER_MS, type BookedSlot } from '@siaga/contracts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';

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
