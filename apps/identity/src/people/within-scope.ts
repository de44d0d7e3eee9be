import { scopeOf, type Administrator } from '@siaga/identity';
import { trusted } from '@siaga/store';

/** The part of a query that finds the people and invitations somebody administers: the same rule as `mayManage`. */
export function withinScope(admin: Administrator): object {
  const scope = scopeOf(admin);
  const within = withinAgencies(admin);
  return typeof scope === 'string' ? within : { ...within, roles: trusted({ $nin: [...scope.foreignRoles] }) };
}

/** The same for what has agencies but no roles to give: screens. */
export function withinAgencies(admin: Administrator): object {
  const scope = scopeOf(admin);
  if (scope === 'everybody') return {};
  if (scope === 'nobody') return { agencies: trusted({ $in: [] }) };
  return { agencies: trusted({ $in: [...admin.agencies], $nin: [...scope.foreignAgencies] }) };
}
