import { FindPlaces, type AnswerOf, type Place } from '@siaga/contracts';
import { useMemo } from 'react';
import { call } from '../city/api.ts';
import { useAsked } from '../room/asked.ts';
import type { FoundPlace } from './find-places.ts';

/** Whoever types is not asked for at every letter, ms. */
const PAUSE_MS = 120;

/** Streets, gang, crossings and landmarks of the imported map; none for a text that was not answered yet. */
export function useStreetPlaces(search: string, near?: Place): readonly FoundPlace[] {
  const q = search.trim().slice(0, 100);
  const { lat, lng } = near ?? {};
  const ask = useMemo(() => askOf(q, lat === undefined || lng === undefined ? {} : { lat, lng }), [q, lat, lng]);
  const { answer } = useAsked(ask);
  return answer?.q === q ? answer.places : [];
}

const askOf = (q: string, near: Partial<Place>) => async (signal: AbortSignal) => {
  if (q.length < 2) return { q, places: [] };
  await pause(signal);
  const { items } = await call(FindPlaces, { query: { q, ...near } }, { signal });
  return { q, places: items.map(foundOf) };
};

const foundOf = ({ placeId, name, about, lat, lng, uncertaintyM }: StreetPlace): FoundPlace => ({
  ...{ id: placeId, name, lat, lng, uncertaintyM, approximate: false },
  ...(about === undefined ? {} : { within: about }),
});
type StreetPlace = AnswerOf<typeof FindPlaces>['items'][number];

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, PAUSE_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('asked anew', 'AbortError'));
    });
  });
}
