import { MapPin } from 'lucide-react';
import { showPlace } from '../../map/view.ts';
import { useSpeech } from '../../text/speech.tsx';
import type { FoundPlace } from './find-places.ts';

/** Places the search found; one click and the map is there. */
export function PlaceResults({ places }: { places: readonly FoundPlace[] }) {
  const { text } = useSpeech();
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
          </li>
        ))}
      </ul>
    </section>
  );
}
