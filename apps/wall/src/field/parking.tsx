import { ParkUnit, type UnitChanged } from '@siaga/contracts';
import { useState } from 'react';
import { useNow } from '../link/use-live.ts';
import { usePress } from '../room/press.ts';
import { useSpeech } from '../text/speech.tsx';

/** A phone that knows so little of its place parks nobody, m. */
const VAGUE_M = 500;
/** Nobody has driven off since, ms. */
const FRESH_MS = 10_000;
const ASK_WITHIN_MS = 15_000;

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
              const here = await position();
              setLost(here === undefined);
              if (here === undefined) return;
              const { latitude: lat, longitude: lng, accuracy } = here;
              const said = `${words.phonePlace}, ± ${format.number(Math.round(accuracy))} m`;
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

/** Where this phone is now; undefined where it does not know, may not say, or knows too little. */
function position(): Promise<GeolocationCoordinates | undefined> {
  if (!('geolocation' in navigator)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        resolve(coords.accuracy <= VAGUE_M ? coords : undefined);
      },
      () => {
        resolve(undefined);
      },
      { enableHighAccuracy: true, maximumAge: FRESH_MS, timeout: ASK_WITHIN_MS },
    );
  });
}
