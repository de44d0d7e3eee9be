import type { RouteContract } from './define-route.ts';
import type { FieldClass } from './field-class.ts';
import type { Role } from './role.ts';
import type { Agency } from './shapes.ts';

interface Seeing {
  readonly roles: readonly Role[];
  /** Absent: of any. */
  readonly agencies?: readonly Agency[];
}

/** Where people in need are helped: an agency that is told of an incident is not told how somebody is. */
const caring: readonly Agency[] = ['command', 'satpolpp', 'dinkes', 'rs'];

/** Those whose work is with people in need see who they are; for anybody else it is masked. */
const seeing: Readonly<Record<FieldClass, Seeing>> = {
  personal: { roles: ['call-taker', 'dispatcher', 'responder'] },
  health: { roles: ['call-taker', 'dispatcher', 'responder'], agencies: caring },
  caller: { roles: ['call-taker', 'dispatcher'], agencies: caring },
};

/** May uncover masked fields for a short time, after stating why; it is written down. */
export const revealing: readonly Role[] = ['supervisor', 'agency-admin', 'city-admin'];

/** Who asks, as far as a permission depends on it. */
export interface Asker {
  readonly roles: readonly Role[];
  readonly agencies: readonly Agency[];
  /** Masked fields uncovered for a while. */
  readonly reveal?: { readonly classes: readonly FieldClass[]; readonly untilMs: number } | undefined;
}

/** Why somebody may not call a route: his roles, or his agencies; undefined when he may. `city-admin` always may. */
export function lackOf(
  { permission, agencies }: Pick<RouteContract, 'permission' | 'agencies'>,
  asker: Asker,
): 'role' | 'agency' | undefined {
  if (permission === 'anyone' || asker.roles.includes('city-admin')) return undefined;
  if (!asker.roles.some((role) => permission.includes(role))) return 'role';
  return agencies === undefined || belongsTo(asker, agencies) ? undefined : 'agency';
}

/** Whether something of these agencies is also somebody's: the one rule for objects, events and routes. */
export function belongsTo({ agencies, roles }: Asker, owners: readonly Agency[]): boolean {
  return roles.includes('city-admin') || owners.some((agency) => agencies.includes(agency));
}

/** The classes of fields somebody sees unmasked at this time. */
export function sightOf({ roles, agencies, reveal }: Asker, nowMs: number): ReadonlySet<FieldClass> {
  const always = (Object.keys(seeing) as FieldClass[]).filter((name) => {
    const { roles: who, agencies: of = agencies } = seeing[name];
    return (
      who.some((role) => roles.includes(role)) && (of === agencies || of.some((agency) => agencies.includes(agency)))
    );
  });
  return new Set([...always, ...(reveal !== undefined && nowMs < reveal.untilMs ? reveal.classes : [])]);
}
