import { CallId, IncidentId } from '@siaga/contracts';

/** A call or an incident as the search knows it. */
export interface Case {
  kind: 'call' | 'incident';
  id: string;
  /** In words, as it is drawn. */
  name: string;
  about: string;
  atMs: number;
}

/** Fewer letters say nothing. */
const LEAST = 2;
/** As many as one looks through. */
const MOST = 6;

/**
 * Cases whose number, name or place has the text, the newest first. A whole number that the screen does not know is offered
 * all the same: it may be of last month, and its panel asks the city.
 */
export function foundCases(cases: readonly Case[], search: string): { items: readonly Case[]; more: number } {
  const wanted = search.trim().toLowerCase();
  if (wanted.length < LEAST) return { items: [], more: 0 };
  const found = cases
    .filter((one) => [one.id, one.name, one.about].some((words) => words.toLowerCase().includes(wanted)))
    .toSorted((one, other) => other.atMs - one.atMs);
  const number = wanted.toUpperCase();
  const kind = IncidentId.safeParse(number).success
    ? 'incident'
    : CallId.safeParse(number).success
      ? 'call'
      : undefined;
  const unknown: readonly Case[] =
    kind === undefined || found.length > 0 ? [] : [{ kind, id: number, name: number, about: '', atMs: 0 }];
  return { items: [...found, ...unknown].slice(0, MOST), more: Math.max(0, found.length - MOST) };
}
