import type { Place } from '@siaga/contracts';
import { kelurahan } from './kelurahan.ts';

export type PlaceKind =
  'hospital' | 'puskesmas' | 'station' | 'terminal' | 'port' | 'square' | 'office' | 'landfill' | 'garage' | 'tps';

/** A place of the city by name. */
export interface NamedPlace extends Place {
  /** Stable, kebab-case. */
  readonly id: string;
  readonly name: string;
  readonly kind: PlaceKind;
  /** The position is a guess, good to a few hundred metres: drawn as such, never routed to. */
  readonly approximate: boolean;
}

const surveyed: readonly NamedPlace[] = [
  {
    id: 'rsud-moh-saleh',
    name: 'RSUD dr. Mohamad Saleh',
    kind: 'hospital',
    lat: -7.745126,
    lng: 113.210576,
    approximate: false,
  },
  { id: 'stasiun', name: 'Stasiun Probolinggo', kind: 'station', lat: -7.742787, lng: 113.216008, approximate: false },
  {
    id: 'terminal-bayuangga',
    name: 'Terminal Bayuangga',
    kind: 'terminal',
    lat: -7.765687,
    lng: 113.175531,
    approximate: false,
  },
];

const guessed: readonly NamedPlace[] = [
  { id: 'rsud-ar-rozy', name: 'RSUD Ar Rozy', kind: 'hospital', lat: -7.79, lng: 113.198, approximate: true },
  { id: 'alun-alun', name: 'Alun-alun', kind: 'square', lat: -7.7447, lng: 113.216, approximate: true },
  {
    id: 'tanjung-tembaga',
    name: 'Pelabuhan Tanjung Tembaga',
    kind: 'port',
    lat: -7.7315,
    lng: 113.2195,
    approximate: true,
  },
  {
    id: 'kantor-wali-kota',
    name: 'Kantor Wali Kota · Command Center',
    kind: 'office',
    lat: -7.755,
    lng: 113.211,
    approximate: true,
  },
  { id: 'tpa-bestari', name: 'TPA Bestari', kind: 'landfill', lat: -7.7402, lng: 113.2292, approximate: true },
  { id: 'garasi-dlh', name: 'Garasi truk DLH', kind: 'garage', lat: -7.741, lng: 113.2284, approximate: true },
  { id: 'tps-pasar-baru', name: 'TPS Pasar Baru', kind: 'tps', lat: -7.7515, lng: 113.2178, approximate: true },
  {
    id: 'tps-pasar-mangunharjo',
    name: 'TPS Pasar Mangunharjo',
    kind: 'tps',
    lat: -7.7475,
    lng: 113.2235,
    approximate: true,
  },
  { id: 'tps-twsl', name: 'TPS TWSL', kind: 'tps', lat: -7.7345, lng: 113.2172, approximate: true },
  { id: 'tps-kedopok', name: 'TPS Kedopok', kind: 'tps', lat: -7.7912, lng: 113.2075, approximate: true },
];

/** Six puskesmas carry the name of a kelurahan; their addresses are not public, so they stand in its middle. */
const puskesmas = ['Ketapang', 'Wonoasih', 'Kanigaran', 'Kedopok', 'Jati', 'Sukabumi'];

/**
 * The gazetteer: places whose name is known from public sources. Positions without a source are marked approximate;
 * a place of unknown position is left out.
 */
export function places(): readonly NamedPlace[] {
  const health = kelurahan()
    .filter((one) => puskesmas.includes(one.name))
    .map((one): NamedPlace => ({
      id: `puskesmas-${one.name.toLowerCase()}`,
      name: `Puskesmas ${one.name}`,
      kind: 'puskesmas',
      ...one.label,
      approximate: true,
    }));
  return [...surveyed, ...guessed, ...health];
}
