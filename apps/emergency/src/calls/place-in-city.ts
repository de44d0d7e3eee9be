import type { EmergencyPlace, Place } from '@siaga/contracts';
import { borderDistanceM, kelurahanAt, polygonsContain } from '@siaga/geo';

/**
 * The kelurahan in which the whole circle of uncertainty lies; undefined where it reaches into another or out of the city:
 * a circle over two of them belongs to neither (ETSI TS 103 625 positions are hundreds of metres wide).
 */
export function kelurahanOfCircle(place: Place, uncertaintyM: number): string | undefined {
  const found = kelurahanAt(place);
  if (found === undefined || uncertaintyM === 0) return found?.code;
  const isInside = polygonsContain(found.polygons, place) && borderDistanceM(found, place) >= uncertaintyM;
  return isInside ? found.code : undefined;
}

/** The place with its kelurahan as the outlines say it, whatever was sent along. */
export function placed(said: EmergencyPlace): EmergencyPlace {
  const place = { ...said };
  delete place.kelurahanCode;
  const kelurahanCode = kelurahanOfCircle(place, place.uncertaintyM);
  return { ...place, ...(kelurahanCode !== undefined && { kelurahanCode }) };
}
