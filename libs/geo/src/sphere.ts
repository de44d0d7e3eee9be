import type { Place } from '@siaga/contracts';

/** Mean radius of the WGS 84 ellipsoid, metres (2a + b) / 3. */
export const EARTH_RADIUS_M = 6_371_008.8;

const RAD = Math.PI / 180;

/** Great-circle distance in metres (haversine on the mean radius; within 0.5 % of the ellipsoid, far better in a city). */
export function distanceM(a: Place, b: Place): number {
  const sinLat = Math.sin(((b.lat - a.lat) * RAD) / 2);
  const sinLng = Math.sin(((b.lng - a.lng) * RAD) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * RAD) * Math.cos(b.lat * RAD) * sinLng * sinLng;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Initial bearing from a to b, degrees clockwise from true north, 0 ≤ bearing < 360; 0 when they are the same place. */
export function bearingDeg(a: Place, b: Place): number {
  const deltaLng = (b.lng - a.lng) * RAD;
  const y = Math.sin(deltaLng) * Math.cos(b.lat * RAD);
  const x =
    Math.cos(a.lat * RAD) * Math.sin(b.lat * RAD) - Math.sin(a.lat * RAD) * Math.cos(b.lat * RAD) * Math.cos(deltaLng);
  const degrees = Math.atan2(y, x) / RAD;
  const positive = degrees < 0 ? degrees + 360 : degrees;
  return positive === 360 ? 0 : positive;
}

/** Where one arrives after `metres` from `start` on the great circle that begins at `bearing` degrees. */
export function destination(start: Place, bearing: number, metres: number): Place {
  const angle = metres / EARTH_RADIUS_M;
  const lat = start.lat * RAD;
  const sinLat = Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(bearing * RAD);
  const y = Math.sin(bearing * RAD) * Math.sin(angle) * Math.cos(lat);
  const x = Math.cos(angle) - Math.sin(lat) * sinLat;
  const lng = start.lng + Math.atan2(y, x) / RAD;
  return { lat: Math.asin(sinLat) / RAD, lng: ((((lng + 180) % 360) + 360) % 360) - 180 };
}

/** The place `share` (0 to 1) of the way from a to b on the straight line of the map; exact enough within a city. */
export function between(a: Place, b: Place, share: number): Place {
  return { lat: a.lat + (b.lat - a.lat) * share, lng: a.lng + (b.lng - a.lng) * share };
}
