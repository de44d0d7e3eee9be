import type { Place } from '@siaga/contracts';
import { MapPin } from 'lucide-react';
import { showPlace } from '../map/view.ts';
import { wallLink } from '../room/layout.ts';
import { useSpeech } from '../text/speech.tsx';
import { CAMERAS_PATH, DISHUB_PATH } from './kinds.ts';

/** Pages of their own, without a map. */
const mapless: readonly string[] = [DISHUB_PATH, CAMERAS_PATH];

interface ShowOnMapProps {
  place: Place;
  /** What is there, for a page without a map: the way to it on the wall. */
  thing: { kind: string; key: string };
  /** Why the place is not exact, in words. */
  guess?: string | undefined;
}

/** Moves the map to a place; on a page without a map, leads to it on the wall. */
export function ShowOnMap({ place, thing, guess }: ShowOnMapProps) {
  const { text } = useSpeech();
  const words = (
    <>
      <MapPin aria-hidden="true" /> {text.street.showOnMap}
    </>
  );
  return (
    <p className="street-doings">
      {mapless.includes(location.pathname) ? (
        <a className="button" href={wallLink(thing)}>
          {words}
        </a>
      ) : (
        <button
          type="button"
          onClick={() => {
            showPlace(place);
          }}
        >
          {words}
        </button>
      )}
      {guess !== undefined && <span className="third">≈ {guess}</span>}
    </p>
  );
}
