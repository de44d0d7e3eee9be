import { Place } from '@siaga/contracts';

const number = String.raw`(-?\d{1,3}\.\d{2,})`;

/** In the order in which they are tried: what a link points at before where its map stood. */
const forms = [
  new RegExp(`!3d${number}!4d${number}`),
  new RegExp(`[?&](?:q|query|ll|destination|mlat)=(?:loc:)?${number}(?:,|%2C|&mlon=)\\s*${number}`, 'i'),
  new RegExp(`^geo:${number},${number}`, 'i'),
  new RegExp(`@${number},${number}`),
  new RegExp(`^\\(?${number}\\s*[,; ]\\s*${number}\\)?$`),
];

/**
 * The place in what somebody pasted: coordinates as maps write them, or a link of Google Maps, OpenStreetMap or `geo:`.
 * Undefined for anything else, also for a short link, which says nothing without asking its maker.
 */
export function placeInText(text: string): Place | undefined {
  for (const form of forms) {
    const [, lat, lng] = form.exec(text.trim()) ?? [];
    if (lat === undefined || lng === undefined) continue;
    const place = Place.safeParse({ lat: Number(lat), lng: Number(lng) });
    if (place.success) return place.data;
  }
  return undefined;
}
