import type { Agency, Colleague } from '@siaga/contracts';

/** People of one agency, by name. */
export interface HoldersOfAgency {
  agency: Agency;
  people: readonly Colleague[];
}

const byName = new Intl.Collator('id').compare;

/** Each person once: below the alarm's own agency who belongs to it, else below his first one; own agency first. */
export function holdersByAgency(people: readonly Colleague[], own: Agency): readonly HoldersOfAgency[] {
  const named = people.filter(({ displayName }) => displayName !== undefined);
  const groups = Map.groupBy(named, ({ agencies = [] }) => (agencies.includes(own) ? own : (agencies[0] ?? 'command')));
  return [...groups]
    .map(([agency, those]) => ({
      agency,
      people: those.toSorted((one, other) => byName(one.displayName ?? '', other.displayName ?? '')),
    }))
    .sort(
      (one, other) => Number(other.agency === own) - Number(one.agency === own) || byName(one.agency, other.agency),
    );
}
