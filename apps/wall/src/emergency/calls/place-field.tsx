import type { EmergencyPlace } from '@siaga/contracts';
import { useEffect, useEffectEvent, useState } from 'react';
import { askToPoint, markPlace, type Pointed } from '../../map/pointing.ts';
import { Field } from '../../room/field.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { findPlaces } from '../../search/find-places.ts';
import { streetCredit } from '../../map/imported-streets.ts';
import { useStreetPlaces } from '../../search/use-street-places.ts';
import { placeInText } from './place-in-text.ts';

/** A kelurahan is about so wide, a place that is known by its name about so exact, metres. */
const KELURAHAN_M = 800;
const APPROXIMATE_M = 300;
const NAMED_M = 50;
const LINK_M = 30;

interface PlaceFieldProps {
  place: EmergencyPlace | undefined;
  onPlace: (place: EmergencyPlace | null) => void;
  /** Its search is where the hands are when it is drawn. */
  focuses?: true | undefined;
}

/** Where: by name, coordinates, a pasted link or a click on the map, and how exactly that is known. */
export function PlaceField({ place, onPlace, focuses }: PlaceFieldProps) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  usePointing(place, onPlace);
  if (place === undefined) return <PlaceSearch onPlace={onPlace} focuses={focuses} />;
  const degrees = `${place.lat.toFixed(5)}, ${place.lng.toFixed(5)}`;
  return (
    <fieldset className="call-place">
      <legend>{words.place}</legend>
      <p role="status">{words.placeThere(degrees, format.number(Math.round(place.uncertaintyM)))}</p>
      <Field
        label={words.placeWords}
        maxLength={200}
        defaultValue={place.words ?? ''}
        onChange={({ target }) => {
          const said = target.value.trim();
          if (said !== (place.words ?? '')) onPlace({ ...place, words: said === '' ? undefined : said });
        }}
      />
      <button
        type="button"
        className="quiet"
        onClick={() => {
          onPlace(null);
        }}
      >
        {words.elsewhere}
      </button>
    </fieldset>
  );
}

function PlaceSearch({ onPlace, focuses }: Omit<PlaceFieldProps, 'place'>) {
  const { text } = useSpeech();
  const words = text.emergency;
  const [search, setSearch] = useState('');
  const pasted = placeInText(search);
  const streets = useStreetPlaces(pasted === undefined ? search : '');
  const found = pasted === undefined ? [...findPlaces(search), ...streets] : [];
  const first = pasted ?? found[0];
  const take = (one: (typeof found)[number]) => {
    const { within, approximate } = one;
    const uncertaintyM =
      one.uncertaintyM ?? (within !== undefined ? KELURAHAN_M : approximate ? APPROXIMATE_M : NAMED_M);
    onPlace({ lat: one.lat, lng: one.lng, uncertaintyM, source: 'gazetteer', words: one.name });
  };
  return (
    <fieldset className="call-place" aria-label={words.place}>
      <Field
        label={words.place}
        hint={words.placeHint}
        type="search"
        autoFocus={focuses}
        maxLength={500}
        value={search}
        onChange={({ target }) => {
          setSearch(target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (pasted !== undefined) onPlace({ ...pasted, uncertaintyM: LINK_M, source: 'link' });
          else if (found[0] !== undefined) take(found[0]);
        }}
      />
      {search.trim().length > 2 && first === undefined && <p role="status">{words.placeUnknown}</p>}
      {pasted !== undefined && (
        <button
          type="button"
          onClick={() => {
            onPlace({ ...pasted, uncertaintyM: LINK_M, source: 'link' });
          }}
        >
          {`${pasted.lat.toFixed(5)}, ${pasted.lng.toFixed(5)}`} <kbd>Enter</kbd>
        </button>
      )}
      <ul className="call-places" aria-label={words.place}>
        {found.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="quiet"
              onClick={() => {
                take(one);
              }}
            >
              {[one.name, one.within].filter(Boolean).join(' · ')}
            </button>
          </li>
        ))}
      </ul>
      {streets.length > 0 && <p className="third">{streetCredit}</p>}
    </fieldset>
  );
}

/** While no place is chosen, a click on the map says where; then what is chosen is shown there, and a click moves nothing. */
function usePointing(place: EmergencyPlace | undefined, onPlace: PlaceFieldProps['onPlace']): void {
  const pointed = useEffectEvent(({ place: at, withinM }: Pointed) => {
    onPlace({ ...at, uncertaintyM: Math.ceil(withinM), source: 'map' });
  });
  const isOpen = place === undefined;
  useEffect(() => {
    if (!isOpen) return;
    const asking = new AbortController();
    askToPoint((at) => {
      pointed(at);
    }, asking.signal);
    return () => {
      asking.abort();
    };
  }, [isOpen]);
  const { lat, lng } = place ?? {};
  useEffect(() => {
    if (lat === undefined || lng === undefined) return;
    markPlace({ lat, lng });
    return () => {
      markPlace(undefined);
    };
  }, [lat, lng]);
}
