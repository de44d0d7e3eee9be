import { ParkUnit, type UnitChanged } from '@siaga/contracts';
import { useState } from 'react';
import { useNow } from '../link/use-live.ts';
import { usePress } from '../room/press.ts';
import { fixWithin, phonePosition } from './phone-position.ts';
import { useSpeech } from '../text/speech.tsx';

/** Nobody has driven off since; and a phone that knows less of its place parks nobody. */
const goodEnough = { freshMs: 10_000, mostM: 500, withinMs: 15_000 };

/** Where the unit stands while it waits: as its crew says, and back at its post by another press. */
export function Parking({ unit: { unitId, parked } }: { unit: UnitChanged }) {
  const { text, format } = useSpeech();
  const words = text.field;
  const nowMs = useNow();
  const [isLost, setLost] = useState(false);
  const { busy, failure, run } = usePress();
  return (
    <section>
      {parked !== undefined && <p>{words.parkedHere(parked.words, format.moment(parked.atMs, nowMs))}</p>}
      <div className="field-steps">
        <button
          type="button"
          disabled={busy}
          onClick={() => {
            run(async (send) => {
              const here = await fixWithin(phonePosition, goodEnough);
              setLost(here === undefined);
              if (here === undefined) return;
              const { lat, lng, accuracyM } = here;
              const said = `${words.phonePlace}, ± ${format.number(Math.round(accuracyM))} m`;
              await send(ParkUnit, { params: { unitId }, body: { parked: { lat, lng, words: said } } });
            });
          }}
        >
          {words.parkHere}
        </button>
        {parked !== undefined && (
          <button
            type="button"
            disabled={busy}
            onClick={() => {
              run(async (send) => {
                await send(ParkUnit, { params: { unitId }, body: {} });
              });
            }}
          >
            {words.toPost}
          </button>
        )}
      </div>
      {isLost && <p role="alert">{words.noPosition}</p>}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </section>
  );
}
