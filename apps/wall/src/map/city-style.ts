import type { GetCity, AnswerOf } from '@siaga/contracts';
import { addProtocol, type StyleSpecification } from 'maplibre-gl';
import { baseStyle, onStreets, type Streets } from './base-style.ts';
import type { MapSize } from './map-context.ts';

type CityAnswer = AnswerOf<typeof GetCity>;

/** A street style that has not answered by then is given up: the room shall not wait for the internet. */
const patienceMs = 5000;

/**
 * The style to draw: the configured one with our borders, a PMTiles file under them, or the city's own. `fellBack` says
 * that a configured style could not be fetched.
 */
export async function styleFor(
  city: CityAnswer,
  size: MapSize,
  signal: AbortSignal,
): Promise<{ style: StyleSpecification; fellBack: boolean }> {
  if (city.mapPmtiles) await readPmtiles();
  const own = baseStyle(size, streetsOf(city));
  if (city.mapStyleUrl === undefined) return { style: own, fellBack: false };
  try {
    const response = await fetch(city.mapStyleUrl, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
    if (!response.ok) return { style: own, fellBack: true };
    const street = (await response.json()) as StyleSpecification;
    return { style: onStreets(street, size), fellBack: false };
  } catch {
    return { style: own, fellBack: true };
  }
}

/** A configured file comes before what was imported: somebody chose it. */
const streetsOf = ({ mapPmtiles, streetMap }: CityAnswer): Streets =>
  mapPmtiles ? 'pmtiles' : streetMap === undefined ? 'none' : 'imported';

/** Loaded only where a PMTiles file is configured. */
async function readPmtiles(): Promise<void> {
  const { Protocol } = await import('pmtiles');
  addProtocol('pmtiles', new Protocol().tile);
}
