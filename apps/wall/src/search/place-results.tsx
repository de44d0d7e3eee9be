import { ListCamerasNear } from '@siaga/contracts';
import { Cctv, MapPin } from 'lucide-react';
import { showPlace } from '../map/view.ts';
import { useFocus } from '../room/focus.tsx';
import { useMay } from '../session/session-context.tsx';
import { NEAR } from '../street/kinds.ts';
import { useSpeech } from '../text/speech.tsx';
import type { FoundPlace } from './find-places.ts';

/** Places the search found; one click and the map is there, another one shows the cameras around. */
export function PlaceResults({ places }: { places: readonly FoundPlace[] }) {
  const { text } = useSpeech();
  const { show, canShow } = useFocus();
  const mayLook = useMay()(ListCamerasNear) && canShow(NEAR);
  if (places.length === 0) return null;
  return (
    <section className="place-results" aria-label={text.placesFound}>
      <h3>{text.placesFound}</h3>
      <ul>
        {places.map((place) => (
          <li key={place.id}>
            <button
              type="button"
              onClick={() => {
                showPlace(place);
              }}
            >
              <MapPin aria-hidden="true" />
              <span>{place.name}</span>
              <span className="third">{place.approximate ? text.approximate : place.within}</span>
            </button>
            {mayLook && (
              <button
                type="button"
                className="quiet"
                aria-label={text.street.camera.near.hereOf(place.name)}
                onClick={() => {
                  showPlace(place);
                  show(NEAR, `${String(place.lat)},${String(place.lng)}`);
                }}
              >
                <Cctv aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
