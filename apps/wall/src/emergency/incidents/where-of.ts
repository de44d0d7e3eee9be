import { MASKED, type IncidentChanged } from '@siaga/contracts';
import { kelurahan } from '@siaga/geo';

/** Where an incident is, as one says it aloud; on a border and without words for it, by its coordinates. */
export function whereOf({ place }: IncidentChanged): string | undefined {
  if (place === undefined) return undefined;
  const area = kelurahan().find(({ code }) => code === place.kelurahanCode)?.name;
  const said = [place.words, area].filter((words) => words !== undefined && words !== '' && words !== MASKED).join(', '); // prettier-ignore
  return said === '' ? `${place.lat.toFixed(4)}, ${place.lng.toFixed(4)}` : said;
}
