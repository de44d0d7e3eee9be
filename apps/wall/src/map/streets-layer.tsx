import { GetStreetDrawing } from '@siaga/contracts';
import type { FeatureCollection } from 'geojson';
import { GeoJSONSource } from 'maplibre-gl';
import { useEffect, useMemo } from 'react';
import { call } from '../city/api.ts';
import { useCity } from '../city/city-context.tsx';
import { useAsked } from '../room/asked.ts';
import { useSpeech } from '../text/speech.tsx';
import { IMPORTED } from './imported-streets.ts';
import { useMap } from './map-context.ts';

/** The streets that were imported for the city, where no other street map is configured. */
export function StreetsLayer() {
  const { streetMap } = useCity();
  const { map } = useMap();
  if (streetMap === undefined || map.getSource(IMPORTED) === undefined) return null;
  return <ImportedStreets hash={streetMap.hash} />;
}

function ImportedStreets({ hash }: { hash: string }) {
  const { text } = useSpeech();
  const { map } = useMap();
  const { answer, failure } = useAsked(useMemo(() => askOf(hash), [hash]));
  useEffect(() => {
    const source = map.getSource(IMPORTED);
    if (answer !== undefined && source instanceof GeoJSONSource) void source.setData(answer);
  }, [map, answer]);
  return failure === undefined ? null : <p className="map-notice">{text.mapStyleFailed}</p>;
}

const askOf = (hash: string) => async (signal: AbortSignal) =>
  (await call(GetStreetDrawing, { params: { hash } }, { signal })) as FeatureCollection;
