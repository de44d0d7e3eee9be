import type { Place } from '@siaga/contracts';

/** A place where it is the middle of the night just now: what lamps should do depends on the sun. */
export function atMidnight(): Place {
  const hours = (Date.now() / 3_600_000) % 24;
  const lng = -hours * 15;
  return { lat: 0, lng: lng < -180 ? lng + 360 : lng };
}
