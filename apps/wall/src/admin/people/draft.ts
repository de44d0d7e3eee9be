import type { Person } from '@siaga/contracts';
import type { Access } from '../access-fields.tsx';

/** What a form holds of a person before it is saved. */
export interface Draft extends Access {
  displayName: string;
}

export const draftOf = ({ displayName, agencies, roles }: Person): Draft => ({ displayName, agencies, roles });

/** A draft that could be sent: a name, an agency and a role. */
export const isComplete = ({ displayName, agencies, roles }: Draft): boolean =>
  displayName.trim() !== '' && agencies.length > 0 && roles.length > 0;

/** What a draft changes of a person; undefined when nothing, or when it is no whole person. */
export function changesOf(
  person: Person,
  draft: Draft,
): Partial<Pick<Person, 'displayName' | 'agencies' | 'roles'>> | undefined {
  if (!isComplete(draft)) return undefined;
  const displayName = draft.displayName.trim();
  const changes = {
    ...(displayName === person.displayName ? {} : { displayName }),
    ...(isSame(draft.agencies, person.agencies) ? {} : { agencies: [...draft.agencies] }),
    ...(isSame(draft.roles, person.roles) ? {} : { roles: [...draft.roles] }),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

/** The same members, in whatever order. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
