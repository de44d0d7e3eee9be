import type { RequestOf, TellCallerPlace } from '@siaga/contracts';

/** What the phone says, by the link it was sent. */
export type Told = RequestOf<typeof TellCallerPlace>['body'];

/** The token of an address, `/lokasi#3574.…`; undefined when a part of the link got lost on the way. */
export function tokenIn(hash: string): string | undefined {
  const token = hash.replace(/^#/, '').trim();
  return /^\d{4}\.[\w-]{43}$/.test(token) ? token : undefined;
}

/** Exactness in metres of which there is nothing more to say: the whole country. */
const MOST_M = 1_000_000;

/** The position as a phone measures it, as the city takes it. */
export function toldOf(
  token: string,
  { latitude: lat, longitude: lng, accuracy }: Pick<GeolocationCoordinates, 'latitude' | 'longitude' | 'accuracy'>,
): Told {
  return { token, lat, lng, accuracyM: Math.min(MOST_M, Math.max(0, Math.round(accuracy))) };
}
