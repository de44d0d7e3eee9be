import type { IncidentLogged } from '@siaga/contracts';

/**
 * The timeline as it was answered, and what was heard since: a line reaches the screen by the live stream before the list
 * that is asked for has it. In the order of time; of the same moment as they came.
 */
export function withHeard(
  answered: readonly IncidentLogged[],
  heard: readonly IncidentLogged[],
): readonly IncidentLogged[] {
  const known = new Set(answered.map(({ entryId }) => entryId));
  const news = heard.filter(({ entryId }, at) => !known.has(entryId) && heard.findIndex((one) => one.entryId === entryId) === at); // prettier-ignore
  return news.length === 0 ? answered : [...answered, ...news].toSorted((one, other) => one.atMs - other.atMs);
}
