import { Agency, type Role } from '@siaga/contracts';

/** Who asks: his agencies and roles as they are today. */
export interface Administrator {
  readonly agencies: readonly Agency[];
  readonly roles: readonly Role[];
}

/** A person, an invitation or a screen, as far as its administration depends on it: whose it is and what it may do. */
export interface Administered {
  readonly agencies: readonly Agency[];
  readonly roles: readonly Role[];
}

/** What a screen may do, which it has by being one. */
export const rolesOfScreen: readonly Role[] = ['screen'];

/**
 * Whether somebody administers people, invitations or screens of these agencies and roles; the one rule for finding,
 * changing and making them alike.
 *
 * - A `city-admin` administers everybody.
 * - An `agency-admin` administers what belongs to agencies of his own only, and nobody who holds `city-admin`. What he
 *   may not administer he may not make either: he gives no role above his own and no agency he is not of.
 * - Anybody else administers nobody.
 */
export function mayManage(admin: Administrator, { agencies, roles }: Administered): boolean {
  const scope = scopeOf(admin);
  if (scope === 'nobody') return false;
  if (scope === 'everybody') return true;
  return (
    agencies.length > 0 &&
    !agencies.some((agency) => scope.foreignAgencies.includes(agency)) &&
    !roles.some((role) => scope.foreignRoles.includes(role))
  );
}

/** What an agency's administrator may not touch: whatever has one of these. */
export interface Scope {
  readonly foreignAgencies: readonly Agency[];
  readonly foreignRoles: readonly Role[];
}

/** Whom somebody administers, in a form a query can ask for: the same rule as {@link mayManage}. */
export function scopeOf({ agencies, roles }: Administrator): Scope | 'everybody' | 'nobody' {
  if (roles.includes('city-admin')) return 'everybody';
  if (!roles.includes('agency-admin')) return 'nobody';
  return {
    foreignAgencies: Agency.options.filter((agency) => !agencies.includes(agency)),
    foreignRoles: ['city-admin'],
  };
}
