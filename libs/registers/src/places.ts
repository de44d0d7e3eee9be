import type { Place } from '@siaga/contracts';
import type { CellParser, Parsed } from './column.ts';

const number = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
const pair = `${number}(?:,|%2C|\\+|%20)+${number}`;

/** Where a map link keeps its place, the pin before the middle of the view. Latitude comes first in all of them. */
const links = [
  new RegExp(`!3d${number}!4d${number}`), // Google: the pin of a place
  new RegExp(`[?&](?:q|query|ll|daddr|destination|center)=(?:loc:)?${pair}`, 'i'), // Google: a search or route
  new RegExp(`/(?:search|place|dir/[^/]*)/${pair}`, 'i'),
  new RegExp(`[?&]mlat=${number}&mlon=${number}`), // OpenStreetMap: the marker
  new RegExp(`#map=\\d+(?:\\.\\d+)?/${number}/${number}`), // OpenStreetMap: the view
  new RegExp(`@${number},${number}`), // Google: the view
  new RegExp(`^geo:${number},${number}`, 'i'), // RFC 5870
];

/** A place from a pasted Google Maps or OpenStreetMap link, `-7.7697, 113.2063`, `-7,7697; 113,2063` or degrees, minutes and seconds. */
export function place(): CellParser<Place> {
  return ({ text }) => parsePlace(text);
}

export function parsePlace(text: string): Parsed<Place> {
  if (/(goo\.gl|maps\.app|osm\.org\/go)\//i.test(text))
    return {
      problem: 'tautan pendek tidak memuat koordinat. Buka tautannya di peramban, lalu salin alamat yang panjang',
    };
  if (/^(https?|geo):/i.test(text)) {
    for (const link of links) {
      const found = link.exec(text);
      if (found !== null) return placeOf(Number(found[1]), Number(found[2]));
    }
    return { problem: 'tautan ini tidak memuat koordinat. Klik kanan titiknya di peta, lalu salin koordinatnya' };
  }
  const points = /^(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(text);
  const commas = /^(-?\d{1,3},\d+)\s*[;,\s]\s*(-?\d{1,3},\d+)$/.exec(text);
  const [, lat, lng] = points ?? commas ?? [];
  if (lat !== undefined && lng !== undefined)
    return placeOf(Number(lat.replace(',', '.')), Number(lng.replace(',', '.')));
  return (
    sexagesimal(text) ?? {
      problem: `"${text}" bukan tempat. Tempel tautan peta, atau tulis lintang, bujur: -7.7697, 113.2063`,
    }
  );
}

/** One coordinate of a place in a column of its own: `-7.7697` or `-7,7697`. Of a latitude that is none, its column is the wrong one. */
export function degrees(of: 'latitude' | 'longitude'): CellParser<number> {
  const most = of === 'latitude' ? 90 : 180;
  const example = of === 'latitude' ? '-7.7697' : '113.2063';
  return ({ text }) => {
    const compact = text.replace(/\s|°/g, '').replace(/[\u2212\u2013]/g, '-');
    const value = Number(compact.replace(',', '.'));
    if (!/^[-+]?\d{1,3}([.,]\d+)?$/.test(compact))
      return { problem: `"${text.slice(0, 40)}" bukan koordinat. Tulis derajat desimal, misalnya ${example}` };
    if (Math.abs(value) <= most) return { value };
    return {
      problem:
        Math.abs(value) <= 180 ? 'lintang dan bujur terbalik. Tukar isi kedua kolom' : 'di luar bumi. Periksa angkanya',
    };
  };
}

/** `7°46'11"S 113°12'23"E`; Bahasa: LS, LU, BT. */
function sexagesimal(text: string): Parsed<Place> | undefined {
  const one = String.raw`(\d{1,3})°\s*(\d{1,2})['′’]\s*(\d{1,2}(?:[.,]\d+)?)?["″”]?\s*`;
  const found = new RegExp(`^${one}(S|N|LS|LU)[,;\\s]*${one}(E|W|BT|BB)$`, 'i').exec(text);
  if (found === null) return undefined;
  const degrees = (at: number) =>
    Number(found[at]) + Number(found[at + 1]) / 60 + Number((found[at + 2] ?? '0').replace(',', '.')) / 3600;
  const south = /^(S|LS)$/i.test(found[4] ?? '');
  const west = /^(W|BB)$/i.test(found[8] ?? '');
  return placeOf(rounded(south ? -degrees(1) : degrees(1)), rounded(west ? -degrees(5) : degrees(5)));
}

/** 1e-7 degrees is a centimetre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

function placeOf(lat: number, lng: number): Parsed<Place> {
  if (Math.abs(lat) > 90 && Math.abs(lng) <= 90)
    return { problem: 'lintang dan bujur terbalik. Tulis lintang dulu: -7.7697, 113.2063' };
  if (Math.abs(lat) > 90 || Math.abs(lng) > 180) return { problem: 'koordinat di luar bumi. Periksa angkanya' };
  if (lat === 0 && lng === 0) return { problem: 'koordinat 0, 0 ada di tengah laut. Isi tempat yang sebenarnya' };
  return { value: { lat, lng } };
}
