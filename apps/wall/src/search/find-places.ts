import { kelurahan, places } from '@siaga/geo';
import type { Place } from '@siaga/contracts';

/** A place one can go to on the map by name. */
export interface FoundPlace extends Place {
  id: string;
  name: string;
  /** Its kecamatan, for a kelurahan; of the street map the street it stands at, or its kelurahan. */
  within?: string;
  /** Of the street map: how far from the place one may be who says its name, metres. */
  uncertaintyM?: number;
  approximate: boolean;
}

const most = 5;

/** Kelurahan and known places whose name contains the text, those that begin with it first; none below two letters. */
export function findPlaces(search: string): FoundPlace[] {
  const wanted = search.trim().toLowerCase();
  if (wanted.length < 2) return [];
  const known: FoundPlace[] = [
    ...kelurahan().map(({ code, name, kecamatan, label }) => ({
      id: code,
      name,
      within: kecamatan,
      ...label,
      approximate: false,
    })),
    ...places(),
  ];
  return known
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((one, other) => startsWith(other, wanted) - startsWith(one, wanted))
    .slice(0, most);
}

function startsWith({ name }: FoundPlace, wanted: string): number {
  return Number(name.toLowerCase().startsWith(wanted));
}
