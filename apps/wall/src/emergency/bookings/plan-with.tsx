import { PlanBooking, SuggestBooking } from '@siaga/contracts';
import { useMemo } from 'react';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';

/** As many as one reads at a glance. */
const MOST_SHOWN = 6;

const askOf =
  ({ bookingId }: { bookingId: string; because: string }) =>
  (signal: AbortSignal) =>
    call(SuggestBooking, { params: { bookingId } }, { signal });

/** Units that can take it, at the time wanted first; one press plans it. */
export function PlanWith({ bookingId }: { bookingId: string }) {
  const { text, format } = useSpeech();
  const words = text.bookings;
  const nowMs = useNow();
  const { units, unit } = useBoard();
  // asked anew when any unit is another than it was
  const because = units.map(({ unitId, version }) => `${unitId}${String(version)}`).join(' ');
  const { answer, failure } = useAsked(useMemo(() => askOf({ bookingId, because }), [bookingId, because]));
  const press = usePress();
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p className="third">{words.noSuggestion}</p>}
      <ul aria-label={words.planWith}>
        {answer?.items.slice(0, MOST_SHOWN).map(({ unitId, isAsWanted, ...trip }) => (
          <li key={unitId}>
            <button
              type="button"
              className={isAsWanted ? 'strong candidate' : 'candidate'}
              disabled={press.busy}
              onClick={() => {
                press.run(async (send) => {
                  await send(PlanBooking, { params: { bookingId }, body: { unitId, ...trip } });
                });
              }}
            >
              {words.plan(unit(unitId)?.name ?? unitId, format.moment(trip.pickUpAtMs, nowMs))}
            </button>
          </li>
        ))}
      </ul>
      {press.failure !== undefined && <p role="alert">{press.failure}</p>}
    </>
  );
}
