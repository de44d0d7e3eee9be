import { lampRoutes, type Place } from '@siaga/contracts';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { call } from '../../city/api.ts';
import { askToPoint, markPlace, type Pointed } from '../../map/pointing.ts';
import { useAsked } from '../../room/asked.ts';
import { Field } from '../../room/field.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { DISHUB_PATH } from '../kinds.ts';
import { useStreet } from '../street-context.tsx';
import { nearestLamp } from './nearest-lamp.ts';

/** What a report is about: a lamp, or a place where nobody knows which. */
export type About = { lampId: string } | { place: Place };

interface ReportWhereProps {
  about: About | undefined;
  onAbout: (about: About | undefined) => void;
}

/** Which lamp or place somebody means: by pole number, or by a click on the map. */
export function ReportWhere({ about, onAbout }: ReportWhereProps) {
  const { text } = useSpeech();
  const words = text.jobs;
  const may = useMay();
  usePointing(about, onAbout);
  if (about === undefined)
    return (
      <fieldset className="job-where">
        <legend>{words.where}</legend>
        {may(lampRoutes.list) && <PoleSearch onLamp={onAbout} />}
        {location.pathname !== DISHUB_PATH && <p className="field-hint">{words.pointHint}</p>}
      </fieldset>
    );
  // as maps take it, whatever the language
  const degrees = (value: number) => value.toFixed(5);
  return (
    <fieldset className="job-where">
      <legend>{words.where}</legend>
      <p role="status">
        {'lampId' in about
          ? words.lampThere(about.lampId)
          : words.placeThere(`${degrees(about.place.lat)}, ${degrees(about.place.lng)}`)}
      </p>
      <button
        type="button"
        className="quiet"
        onClick={() => {
          onAbout(undefined);
        }}
      >
        {words.elsewhere}
      </button>
    </fieldset>
  );
}

/** A click on the map means the lamp that is clicked, else the place; what is meant is shown there. */
function usePointing(about: About | undefined, onAbout: (about: About) => void): void {
  const { lamps } = useStreet().lamps;
  const pointed = useEffectEvent(({ place, withinM }: Pointed) => {
    const lampId = nearestLamp(lamps.values(), place, withinM);
    onAbout(lampId === undefined ? { place } : { lampId });
  });
  useEffect(() => {
    const asking = new AbortController();
    askToPoint((at) => {
      pointed(at);
    }, asking.signal);
    return () => {
      asking.abort();
    };
  }, []);
  const place = about === undefined || 'place' in about ? about?.place : lamps.get(about.lampId)?.place;
  useEffect(() => {
    markPlace(place);
  }, [place]);
}

const MOST = 6;

function PoleSearch({ onLamp }: { onLamp: (about: About) => void }) {
  const { text } = useSpeech();
  const words = text.jobs;
  const [search, setSearch] = useState('');
  const q = search.trim();
  const ask = useCallback(
    (signal: AbortSignal) => (q === '' ? Promise.resolve(undefined) : call(lampRoutes.list, { query: { q, limit: MOST } }, { signal })), // prettier-ignore
    [q],
  );
  const { answer, failure } = useAsked(ask);
  return (
    <>
      <Field
        label={words.pole}
        type="search"
        maxLength={80}
        value={search}
        onChange={({ target }) => {
          setSearch(target.value);
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      {q !== '' && answer?.items.length === 0 && <p role="status">{words.noSuchPole}</p>}
      <ul className="job-rows" aria-label={words.where}>
        {q !== '' &&
          answer?.items.map(({ lampId, poleNumber, road }) => (
            <li key={lampId}>
              <button
                type="button"
                className="quiet"
                onClick={() => {
                  onLamp({ lampId });
                }}
              >
                {[poleNumber, lampId, road].filter(Boolean).join(' · ')}
              </button>
            </li>
          ))}
      </ul>
    </>
  );
}
