import type { CallDisposition, EmergencyPlace, IncidentDisposition, IncidentKind } from '@siaga/contracts';
import { kelurahan, places } from '@siaga/geo';
import { within, type Random } from '../random.ts';

/** What a caller has to say: nothing anybody can help with, or something that happened. */
export type Story =
  | { readonly isJunk: true; readonly disposition: CallDisposition }
  | {
      readonly isJunk: false;
      readonly kind: IncidentKind;
      readonly words: string;
      readonly place: EmergencyPlace;
      readonly victims?: number;
      readonly ends: IncidentDisposition;
    };

/** How exactly a caller knows where he is, metres. */
const KELURAHAN_M = 800;
const NAMED_M = 200;

/**
 * What Kota Probolinggo counted in 2023 (1,300 reports): 647 ambulance, 120 accidents, 94 public order, 71 ODGJ, 62 fire,
 * 59 fallen poles, 46 wasp nests. The rest is spread over what else 112 is called for.
 */
const counted: readonly (readonly [times: number, kind: IncidentKind, words: string, ends: IncidentDisposition])[] = [
  [647, 'medical', 'Sesak napas, orang tua', 'transported'],
  [120, 'traffic-accident', 'Motor dan mobil tabrakan, ada yang jatuh', 'transported'],
  [94, 'public-order', 'Ribut di warung, banyak orang', 'handled'],
  [71, 'mental-health', 'ODGJ mengamuk di jalan', 'referred'],
  [62, 'fire', 'Asap dari dapur rumah', 'handled'],
  [59, 'fallen-pole', 'Tiang roboh melintang di jalan', 'handled'],
  [46, 'animal', 'Sarang tawon di atap', 'handled'],
  [40, 'rescue', 'Cincin tidak bisa lepas, jari bengkak', 'treated-released'],
  [30, 'fallen-tree', 'Pohon tumbang menutup jalan', 'handled'],
];
const all = counted.reduce((sum, [times]) => sum + times, 0);

/** One of the things that happen in a city, as often as they do. */
export function happening(random: Random): Story {
  let left = random() * all;
  const [, kind, words, ends] = counted.find(([times]) => (left -= times) < 0) ?? counted[0] ?? [1, 'medical', '', 'handled']; // prettier-ignore
  return { isJunk: false, kind, words: `${words} (simulasi)`, ends, place: somewhere(random) };
}

/** Most calls of 112 are nothing: silence, children, questions. */
export function junk(random: Random): Story {
  const drawn = random();
  return { isJunk: true, disposition: drawn < 0.45 ? 'ghost' : drawn < 0.75 ? 'prank' : drawn < 0.9 ? 'information' : 'cut-off' }; // prettier-ignore
}

/** As people say it: a place that everybody knows, or a kelurahan. */
function somewhere(random: Random): EmergencyPlace {
  const named = places();
  const areas = kelurahan();
  const place = named[Math.floor(random() * named.length)];
  const area = areas[Math.floor(random() * areas.length)];
  if (place !== undefined && random() < 0.4)
    return { ...near(place, random, 150), uncertaintyM: NAMED_M, source: 'gazetteer', words: `dekat ${place.name}` };
  const { lat, lng } = area?.label ?? { lat: -7.7551, lng: 113.2101 };
  return { ...near({ lat, lng }, random, 400), uncertaintyM: KELURAHAN_M, source: 'gazetteer', words: area?.name };
}

/** Metres of a degree of latitude. */
const DEGREE_M = 111_195;

/** A place at most so far off in each direction. */
export const near = ({ lat, lng }: { lat: number; lng: number }, random: Random, metres: number) => ({
  lat: lat + within(random, -metres, metres) / DEGREE_M,
  lng: lng + within(random, -metres, metres) / DEGREE_M,
});
